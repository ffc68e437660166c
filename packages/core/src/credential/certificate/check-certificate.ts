import type { KeyObject, X509Certificate } from 'node:crypto';

import { CredentialError } from '../../errors/credential-error.ts';

const leastBits = 2048;

/** @throws {CredentialError} when the platform would not accept a signature by this key (RSA of 2048 bits or more) */
export function checkKey(key: KeyObject): void {
  const type = key.asymmetricKeyType ?? 'unknown';
  if (type !== 'rsa') {
    throw new CredentialError(
      `The private key is of type ${type.toUpperCase()}; the identity platform takes RSA only.`,
      'Make an RSA key and certificate (docs/credentials.md has the command) and register its certificate.',
    );
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < leastBits) {
    throw new CredentialError(
      `The private key has ${bits} bits; at least ${leastBits} are needed.`,
      'Make a longer key and certificate (docs/credentials.md has the command) and register its certificate.',
    );
  }
}

/** @throws {CredentialError} when the certificate is not valid now, by the wall clock in milliseconds */
export function checkDates(certificate: X509Certificate, now: number): void {
  const { validFromDate, validToDate } = certificate;
  if (now >= validToDate.getTime()) {
    throw new CredentialError(
      `The certificate expired on ${validToDate.toISOString()}.`,
      'Make a new certificate, register it (App registrations › Certificates & secrets) and put it in place of the old one.',
    );
  }
  if (now < validFromDate.getTime()) {
    throw new CredentialError(
      `The certificate is not valid before ${validFromDate.toISOString()}.`,
      "Check this machine's clock; if it is right, use the old certificate until then.",
    );
  }
}
