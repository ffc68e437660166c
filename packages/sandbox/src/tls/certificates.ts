import 'reflect-metadata';

import { KeyObject, webcrypto } from 'node:crypto';

import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate with its private key, both PEM. */
export interface CertifiedKey {
  readonly certificate: string;
  readonly privateKey: string;
}

/** The content of a server certificate. */
export interface ServerNames {
  /** Besides loopback's. */
  readonly hostNames?: readonly string[] | undefined;
  /** Omit the names of loopback, so that the certificate belongs to another host. */
  readonly elsewhere?: boolean | undefined;
  /** When it begins and ends to be good, in days from now; a day ago and in 30 days when absent. */
  readonly days?: readonly [from: number, until: number] | undefined;
}

export interface CertificateAuthority {
  /** Its own certificate, PEM: what a client must trust. */
  readonly certificate: string;
  issue(names: ServerNames): Promise<CertifiedKey>;
}

const day = 86_400_000;
// Elliptic keys for TLS: made in a few milliseconds, where an RSA pair takes a hundred.
const elliptic = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

function pem(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function validity(now: Date, [from, until]: readonly [number, number] = [-1, 30]) {
  return {
    notBefore: new Date(now.getTime() + from * day),
    notAfter: new Date(now.getTime() + until * day),
  };
}

/** Makes an authority that signs certificates for the sandbox's origins. */
export async function makeAuthority(now: Date): Promise<CertificateAuthority> {
  const authorityKeys = await webcrypto.subtle.generateKey(elliptic, true, ['sign', 'verify']);
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Rollcall sandbox authority',
    keys: authorityKeys,
    signingAlgorithm: elliptic,
    // Longer than any certificate under it, expired ones included.
    ...validity(now, [-60, 60]),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  return {
    certificate: `${authority.toString('pem')}\n`,
    async issue({ hostNames = [], elsewhere = false, days }) {
      const keys = await webcrypto.subtle.generateKey(elliptic, true, ['sign', 'verify']);
      const server = await X509CertificateGenerator.create({
        subject: elsewhere ? 'CN=elsewhere.example' : 'CN=localhost',
        issuer: authority.subject,
        publicKey: keys.publicKey,
        signingKey: authorityKeys.privateKey,
        signingAlgorithm: elliptic,
        ...validity(now, days),
        extensions: [
          new BasicConstraintsExtension(false),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
          new SubjectAlternativeNameExtension([
            ...(elsewhere
              ? []
              : [
                  { type: 'ip' as const, value: '127.0.0.1' },
                  { type: 'ip' as const, value: '::1' },
                  { type: 'dns' as const, value: 'localhost' },
                ]),
            ...hostNames.map((value) => ({ type: 'dns' as const, value })),
          ]),
          // Python's strict verification (3.13 on) refuses a certificate without it.
          await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
          await SubjectKeyIdentifierExtension.create(keys.publicKey),
        ],
      });
      return { certificate: server.toString('pem'), privateKey: pem(keys.privateKey) };
    },
  };
}

/** Makes the self-signed certificate that an application proves itself with, for a 2048-bit RSA pair. */
export async function makeClientCertificate(
  name: string,
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  now: Date,
): Promise<CertifiedKey> {
  const pair = {
    publicKey: keys.publicKey.toCryptoKey(rsa, true, ['verify']),
    privateKey: keys.privateKey.toCryptoKey(rsa, true, ['sign']),
  };
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys: pair,
    signingAlgorithm: rsa,
    ...validity(now, [-1, 365]),
    extensions: [new BasicConstraintsExtension(false)],
  });
  return {
    certificate: `${certificate.toString('pem')}\n`,
    privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
