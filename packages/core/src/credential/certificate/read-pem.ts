import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';

import { CredentialError } from '../../errors/credential-error.ts';
import type { Secret } from '../../secret.ts';
import type { KeyMaterial } from './key-material.ts';
import { type PemBlock, pemBlocks, truncatedBlock } from './pem-text.ts';

/** Blocks that are often given instead of a private key, and what to do. */
const otherBlocks: Readonly<Record<string, readonly [string, string]>> = {
  'OPENSSH PRIVATE KEY': [
    'The private key is in the format of OpenSSH.',
    'Convert a copy of it with `ssh-keygen -p -m PKCS8 -f FILE`. Its certificate must be registered with the application.',
  ],
  PKCS7: [
    'The file is a PKCS#7 bundle, which contains certificates and no private key.',
    'Use the PEM or PFX file with the private key.',
  ],
};

function privateKey({ text, isEncrypted }: PemBlock, password: Secret | undefined): KeyObject {
  if (isEncrypted && password === undefined) {
    throw new CredentialError('The private key is encrypted, and no password is set.', {
      code: 'set-key-password',
    });
  }
  try {
    return createPrivateKey({
      key: text,
      ...(isEncrypted && password !== undefined ? { passphrase: password.reveal() } : {}),
    });
  } catch {
    // The error of OpenSSL ("error:1E08010C:DECODER routines::unsupported") contains no useful information.
    throw isEncrypted
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
 * Reads the private key (PKCS#1 or PKCS#8, encrypted or not) and the certificates of PEM text, with any line breaks.
 * @throws {CredentialError} when a block is invalid or incomplete, the password is missing or wrong, or the text
 *   contains several keys
 */
export function readPem(text: string, password: Secret | undefined): KeyMaterial {
  const truncated = truncatedBlock(text);
  if (truncated !== undefined) {
    throw new CredentialError(
      `The block "BEGIN ${truncated}" has no end: the PEM text is incomplete.`,
      'Copy all lines, including the END line. In an env file, put a value of several lines in double quotes.',
    );
  }
  const keys: KeyObject[] = [];
  const certificates: X509Certificate[] = [];
  const blocks = pemBlocks(text);
  for (const each of blocks) {
    const other = Object.hasOwn(otherBlocks, each.label) ? otherBlocks[each.label] : undefined;
    if (other !== undefined) throw new CredentialError(...other);
    if (each.label === 'CERTIFICATE' || each.label === 'TRUSTED CERTIFICATE')
      certificates.push(certificate(each.text));
    else if (each.label.endsWith('PRIVATE KEY')) keys.push(privateKey(each, password));
  }
  if (keys.length > 1) {
    throw new CredentialError(
      `The file contains ${keys.length} private keys.`,
      'Keep only the key whose certificate is registered with the application.',
    );
  }
  if (keys.length === 0 && certificates.length === 0) {
    const labels = [...new Set(blocks.map((each) => each.label))].join(', ');
    throw new CredentialError(
      `The PEM text contains ${labels === '' ? 'no complete block' : labels}, but neither a private key nor a certificate.`,
      'Use the file with a BEGIN PRIVATE KEY line.',
    );
  }
  return { key: keys[0], certificates };
}
