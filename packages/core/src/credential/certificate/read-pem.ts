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
    throw new CredentialError(
      'The private key is encrypted and no password is given.',
      'Give the password (credential.password, credential.passwordFile or AZURE_CLIENT_CERTIFICATE_PASSWORD).',
    );
  }
  try {
    return createPrivateKey({
      key: text,
      ...(encrypted && password !== undefined ? { passphrase: password.reveal() } : {}),
    });
  } catch {
    // OpenSSL's own words ("error:1E08010C:DECODER routines::unsupported") help nobody.
    throw encrypted
      ? new CredentialError(
          'The private key does not open with the password given.',
          'Check the password; `openssl pkey -in FILE -noout` asks for it and says whether it fits.',
        )
      : new CredentialError(
          'The private key cannot be read.',
          'Check that the file was copied whole; `openssl pkey -in FILE -noout` says whether it is sound.',
        );
  }
}

function certificate(text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw new CredentialError(
      'A certificate in the file cannot be read.',
      'Check that it was copied whole; `openssl x509 -in FILE -noout -subject` says whether it is sound.',
    );
  }
}

/**
 * Takes the private key (PKCS#1 or PKCS#8, encrypted or not) and the certificates out of PEM text.
 * @throws {CredentialError} when a block is unreadable, the password is missing or wrong, or there are two keys
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
      `The file holds ${keys.length} private keys.`,
      'Keep the one whose certificate is registered with the application.',
    );
  }
  return { key: keys[0], certificates };
}
