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

export interface ServerCertificate extends CertifiedKey {
  /** The authority's certificate, PEM: what a client must trust. */
  readonly authority: string;
}

const day = 86_400_000;
// Elliptic keys for TLS: made in a few milliseconds, where an RSA pair takes a hundred.
const elliptic = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

function pem(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Makes an authority and a certificate for loopback that it signed. Names besides loopback's are optional. */
export async function makeServerCertificate(
  now: Date,
  hostNames: readonly string[] = [],
): Promise<ServerCertificate> {
  const [authorityKeys, serverKeys] = await Promise.all([
    webcrypto.subtle.generateKey(elliptic, true, ['sign', 'verify']),
    webcrypto.subtle.generateKey(elliptic, true, ['sign', 'verify']),
  ]);
  const validity = {
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + 30 * day),
  };
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Rollcall sandbox authority',
    keys: authorityKeys,
    signingAlgorithm: elliptic,
    ...validity,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const server = await X509CertificateGenerator.create({
    subject: 'CN=localhost',
    issuer: authority.subject,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: elliptic,
    ...validity,
    extensions: [
      new BasicConstraintsExtension(false),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
        ...['localhost', ...hostNames].map((value) => ({ type: 'dns' as const, value })),
      ]),
      // Python's strict verification (3.13 on) refuses a certificate without it.
      await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
      await SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
    ],
  });
  return {
    certificate: server.toString('pem'),
    privateKey: pem(serverKeys.privateKey),
    authority: `${authority.toString('pem')}\n`,
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
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + 365 * day),
    extensions: [new BasicConstraintsExtension(false)],
  });
  return {
    certificate: `${certificate.toString('pem')}\n`,
    privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
