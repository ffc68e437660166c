import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';

import { CredentialError } from '../../errors/credential-error.ts';
import type { Secret } from '../../secret.ts';
import type { KeyMaterial } from './key-material.ts';

const block = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n[\s\S]+?-----END \1-----/gu;

function isEncrypted(label: string, text: string): boolean {
  return label === 'ENCRYPTED PRIVATE KEY' || text.includes('Proc-Type: 4,ENCRYPTED');
}

function privateKey(label: string, text: string, password: Secret | undefined): KeyObject {
  const encrypted = isEncrypted(label, text);
  if (encrypted && password === undefined) {
    throw new CredentialError('The private key is encrypted, and no password is set.', {
      code: 'set-key-password',
    });
  }
  try {
    return createPrivateKey({
      key: text,
      ...(encrypted && password !== undefined ? { passphrase: password.reveal() } : {}),
    });
  } catch {
    // The error of OpenSSL ("error:1E08010C:DECODER routines::unsupported") contains no useful information.
    throw encrypted
      ? new CredentialError(
          'The private key cannot be decrypted with this password.',
          'Check the password with `openssl pkey -in FILE -noout`.',
        )
      : new CredentialError(
          'The private key cannot be read.',
          'Copy the file again; check it with `openssl pkey -in FILE -noout`.',
        );
  }
}

function certificate(text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw new CredentialError(
      'A certificate in the file cannot be read.',
      'Copy the file again; check it with `openssl x509 -in FILE -noout -subject`.',
    );
  }
}

/**
 * Reads the private key (PKCS#1 or PKCS#8, encrypted or not) and the certificates of PEM text.
 * @throws {CredentialError} when a block is invalid, the password is missing or wrong, or the text contains several
 *   keys
 */
export function readPem(text: string, password: Secret | undefined): KeyMaterial {
  const keys: KeyObject[] = [];
  const certificates: X509Certificate[] = [];
  for (const [whole, label = ''] of text.matchAll(block)) {
    if (label === 'CERTIFICATE' || label === 'TRUSTED CERTIFICATE')
      certificates.push(certificate(whole));
    else if (label.endsWith('PRIVATE KEY')) keys.push(privateKey(label, whole, password));
  }
  if (keys.length > 1) {
    throw new CredentialError(
      `The file contains ${keys.length} private keys.`,
      'Keep only the key whose certificate is registered with the application.',
    );
  }
  return { key: keys[0], certificates };
}
