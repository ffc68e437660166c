import type { KeyObject, X509Certificate } from 'node:crypto';

import { CredentialError } from '../../errors/credential-error.ts';
import { Secret } from '../../secret.ts';
import { readCredentialFile } from '../file/credential-file.ts';
import type { CredentialContext } from '../strategy.ts';
import { checkDates, checkKey } from './check-certificate.ts';
import type { LoadedCertificate } from './loaded-certificate.ts';
import type { KeyMaterial } from './key-material.ts';
import { readPem } from './read-pem.ts';
import { readPfx } from './read-pfx.ts';

export interface CertificateSettings {
  readonly file?: string | undefined;
  readonly content?: Secret | undefined;
  readonly certificateFile?: string | undefined;
  readonly certificate?: string | undefined;
  readonly password?: Secret | undefined;
  readonly passwordFile?: string | undefined;
  readonly thumbprint?: string | undefined;
  readonly algorithm?: 'PS256' | 'RS256' | undefined;
  readonly sendChain?: boolean | undefined;
}

async function passwordOf(
  { password, passwordFile }: CertificateSettings,
  guarded: boolean,
): Promise<Secret | undefined> {
  if (passwordFile === undefined) return password;
  const bytes = await readCredentialFile({ path: passwordFile, holds: 'the password', guarded });
  return new Secret(bytes.toString('utf8').replace(/\r?\n$/u, ''));
}

/** PEM says so in its first line; a PFX file is DER; an environment variable holds PEM as it is, or either in base64. */
function decoded(content: Secret): Buffer {
  const text = content.reveal();
  return text.includes('-----BEGIN ') ? Buffer.from(text) : Buffer.from(text, 'base64');
}

async function keyMaterialOf(
  settings: CertificateSettings,
  guarded: boolean,
): Promise<KeyMaterial> {
  const { file, content = new Secret('') } = settings;
  const bytes =
    file === undefined
      ? decoded(content)
      : await readCredentialFile({ path: file, holds: 'the private key', guarded });
  const password = await passwordOf(settings, guarded);
  const text = bytes.toString('latin1');
  return text.includes('-----BEGIN ') ? readPem(text, password) : readPfx(bytes, password);
}

async function separateCertificates(
  settings: CertificateSettings,
): Promise<readonly X509Certificate[]> {
  const { certificate, certificateFile } = settings;
  if (certificate !== undefined) return readPem(certificate, undefined).certificates;
  if (certificateFile === undefined) return [];
  const bytes = await readCredentialFile({
    path: certificateFile,
    holds: 'the certificate',
    guarded: false,
  });
  const { certificates } = readPem(bytes.toString('latin1'), undefined);
  if (certificates.length > 0) return certificates;
  throw new CredentialError(
    `There is no certificate in ${certificateFile}`,
    'Name the PEM file that has a BEGIN CERTIFICATE line.',
    { files: [certificateFile] },
  );
}

function hexOf(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toLowerCase();
}

function thumbprintHeader(hex: string): LoadedCertificate['thumbprint'] {
  const value = Buffer.from(hex, 'hex').toString('base64url');
  return hex.length === 40 ? { x5t: value } : { 'x5t#S256': value };
}

/** The certificate that belongs to the key: the first that matches, whatever order the file has them in. */
function leafOf(
  key: KeyObject,
  certificates: readonly X509Certificate[],
): X509Certificate | undefined {
  const leaf = certificates.find((each) => each.checkPrivateKey(key));
  if (leaf !== undefined || certificates.length === 0) return leaf;
  throw new CredentialError(
    'The private key does not belong to the certificate.',
    'Name a key and a certificate that were made together: `openssl x509 -in FILE -noout -pubkey` and `openssl pkey -in FILE -pubout` must print the same.',
  );
}

function thumbprintOf(leaf: X509Certificate | undefined, settings: CertificateSettings): string {
  const stated = settings.thumbprint?.toLowerCase();
  if (leaf === undefined) {
    if (stated !== undefined) return stated;
    throw new CredentialError(
      'There is a private key but no certificate.',
      'Add the certificate to the file, name it as credential.certificateFile, or give credential.thumbprint.',
    );
  }
  const sha256 = hexOf(leaf.fingerprint256);
  const sha1 = hexOf(leaf.fingerprint);
  if (stated !== undefined && stated !== sha256 && stated !== sha1) {
    throw new CredentialError(
      `The thumbprint given is not the certificate's, which is ${sha1} (SHA-1) or ${sha256} (SHA-256).`,
      'Remove credential.thumbprint (it is computed), or name the file of the registered certificate.',
    );
  }
  return stated ?? (settings.algorithm === 'RS256' ? sha1 : sha256);
}

/**
 * Reads key and certificate, and checks everything that can be known without asking the service: that the key
 * opens, is one the platform takes, belongs to the certificate, and that the certificate is valid today.
 * @throws {CredentialError} saying the first thing that is wrong
 */
export async function loadCertificate(
  settings: CertificateSettings,
  context: CredentialContext,
): Promise<LoadedCertificate> {
  const { key, certificates: beside } = await keyMaterialOf(
    settings,
    context.allowWeakPermissions !== true,
  );
  if (key === undefined) {
    throw new CredentialError(
      'There is no private key in the file.',
      'Name the file that has a BEGIN PRIVATE KEY line; a .cer or .crt file alone cannot sign.',
    );
  }
  checkKey(key);
  const certificates = [...beside, ...(await separateCertificates(settings))];
  const leaf = leafOf(key, certificates);
  if (leaf !== undefined) checkDates(leaf, context.ports.clock.wall());
  const thumbprint = thumbprintOf(leaf, settings);
  return {
    key,
    algorithm: settings.algorithm ?? (thumbprint.length === 40 ? 'RS256' : 'PS256'),
    thumbprint: thumbprintHeader(thumbprint),
    certificate: leaf,
    ...(settings.sendChain === true && leaf !== undefined
      ? { chain: [leaf, ...certificates.filter((each) => each !== leaf)] }
      : {}),
  };
}
