import type { KeyObject, X509Certificate } from 'node:crypto';

import { CredentialError } from '../../errors/credential-error.ts';

const minimumBits = 2048;

/**
 * Checks that the identity platform accepts signatures of the key: RSA with at least 2048 bits.
 * @throws {CredentialError} when it does not
 */
export function checkKey(key: KeyObject): void {
  const type = key.asymmetricKeyType ?? 'unknown';
  if (type !== 'rsa') {
    throw new CredentialError(
      `The private key is of type ${type.toUpperCase()}; the identity platform supports only RSA.`,
      'Create an RSA key and certificate, for example with `openssl req -x509 -newkey rsa:3072`, and upload the certificate to the app registration.',
    );
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < minimumBits) {
    throw new CredentialError(
      `The private key has ${bits} bits; at least ${minimumBits} are required.`,
      'Create a longer key and a certificate, for example with `openssl req -x509 -newkey rsa:3072`, and upload the certificate to the app registration.',
    );
  }
}

/**
 * Checks that the certificate is valid at a time.
 * @param now milliseconds since 1970
 * @throws {CredentialError} when it is not
 */
export function checkDates(certificate: X509Certificate, now: number): void {
  const { validFromDate, validToDate } = certificate;
  if (now >= validToDate.getTime()) {
    throw new CredentialError(
      `The certificate expired on ${validToDate.toISOString()}.`,
      'Create a new certificate, upload it (App registrations › your application › Certificates & secrets), and replace the file.',
    );
  }
  if (now < validFromDate.getTime()) {
    throw new CredentialError(
      `The certificate is not valid before ${validFromDate.toISOString()}.`,
      'Check the clock of this machine. If it is correct, use the previous certificate until then.',
    );
  }
}
