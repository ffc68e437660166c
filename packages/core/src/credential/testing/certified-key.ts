import 'reflect-metadata';

import { generateKeyPairSync, type KeyObject, type webcrypto } from 'node:crypto';

import { X509CertificateGenerator } from '@peculiar/x509';

export interface CertifiedKey {
  readonly key: KeyObject;
  /** PKCS#8, not encrypted. */
  readonly keyPem: string;
  readonly certificatePem: string;
}

const day = 86_400_000;
const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

export interface CertifiedKeyChoices {
  readonly bits?: number;
  readonly from?: number;
  readonly until?: number;
}

/** Creates a key with a self-signed certificate that is valid at the start of the fake clock. */
export async function makeCertifiedKey(choices: CertifiedKeyChoices = {}): Promise<CertifiedKey> {
  const start = Date.UTC(2026, 10, 22);
  const { bits = 2048, from = start - day, until = start + 365 * day } = choices;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const keys: webcrypto.CryptoKeyPair = {
    privateKey: privateKey.toCryptoKey(algorithm, true, ['sign']),
    publicKey: publicKey.toCryptoKey(algorithm, true, ['verify']),
  };
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=rollcall test',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(from),
    notAfter: new Date(until),
  });
  return {
    key: privateKey,
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: `${certificate.toString('pem')}\n`,
  };
}
