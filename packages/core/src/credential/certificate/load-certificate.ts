import type { KeyObject, X509Certificate } from 'node:crypto';

import { CredentialError } from '../../errors/credential-error.ts';
import { Secret } from '../../secret.ts';
import { readCredentialFile } from '../file/read-credential-file.ts';
import type { CredentialContext } from '../strategy.ts';
import { checkDates, checkKey } from './check-certificate.ts';
import type { LoadedCertificate } from './loaded-certificate.ts';
import type { KeyMaterial } from './key-material.ts';
import { textOfBytes } from './pem-text.ts';
import { readKeyMaterial } from './read-key-material.ts';

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
  isSecret: boolean,
): Promise<Secret | undefined> {
  if (passwordFile === undefined) return password;
  const bytes = await readCredentialFile({ path: passwordFile, content: 'the password', isSecret });
  return new Secret(textOfBytes(bytes).replace(/\r?\n$/u, ''));
}

async function keyMaterialOf(
  settings: CertificateSettings,
  isSecret: boolean,
): Promise<KeyMaterial> {
  const { file, content = new Secret('') } = settings;
  const bytes =
    file === undefined
      ? Buffer.from(content.reveal())
      : await readCredentialFile({ path: file, content: 'the private key', isSecret });
  return readKeyMaterial(bytes, await passwordOf(settings, isSecret));
}

async function separateCertificates(
  settings: CertificateSettings,
): Promise<readonly X509Certificate[]> {
  const { certificate, certificateFile } = settings;
  if (certificate !== undefined)
    return (await readKeyMaterial(Buffer.from(certificate), undefined)).certificates;
  if (certificateFile === undefined) return [];
  const bytes = await readCredentialFile({
    path: certificateFile,
    content: 'the certificate',
    isSecret: false,
  });
  const { certificates } = await readKeyMaterial(bytes, undefined);
  if (certificates.length > 0) return certificates;
  throw new CredentialError(
    `${certificateFile} contains no certificate`,
    'Use the PEM file with a BEGIN CERTIFICATE line.',
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

/** Returns the certificate that belongs to the key, in any position of the file. */
function leafOf(
  key: KeyObject,
  certificates: readonly X509Certificate[],
): X509Certificate | undefined {
  const leaf = certificates.find((each) => each.checkPrivateKey(key));
  if (leaf !== undefined || certificates.length === 0) return leaf;
  throw new CredentialError(
    'The private key does not belong to the certificate.',
    'Use the key that the certificate was created with: `openssl x509 -in FILE -noout -pubkey` and `openssl pkey -in FILE -pubout` must print the same public key.',
  );
}

function thumbprintOf(leaf: X509Certificate | undefined, settings: CertificateSettings): string {
  const stated = settings.thumbprint?.toLowerCase();
  if (leaf === undefined) {
    if (stated !== undefined) return stated;
    throw new CredentialError(
      'The private key has no certificate.',
      'Add the certificate to the file, or set credential.certificateFile or credential.thumbprint.',
    );
  }
  const sha256 = hexOf(leaf.fingerprint256);
  const sha1 = hexOf(leaf.fingerprint);
  if (stated !== undefined && stated !== sha256 && stated !== sha1) {
    throw new CredentialError(
      `The configured thumbprint does not match the certificate, whose thumbprint is ${sha1} (SHA-1) or ${sha256} (SHA-256).`,
      'Remove credential.thumbprint, which is computed from the certificate, or use the file of the registered certificate.',
    );
  }
  return stated ?? (settings.algorithm === 'RS256' ? sha1 : sha256);
}

/**
 * Reads the private key and its certificate, and checks them: the key can be decrypted, is supported by the identity
 * platform and belongs to the certificate, and the certificate is valid now.
 * @throws {CredentialError} with the first problem
 */
export async function loadCertificate(
  settings: CertificateSettings,
  context: CredentialContext,
): Promise<LoadedCertificate> {
  const { key, certificates: ofFile } = await keyMaterialOf(
    settings,
    context.allowWeakPermissions !== true,
  );
  if (key === undefined) {
    throw new CredentialError(
      'The file contains no private key.',
      'Use the file with a BEGIN PRIVATE KEY line; a .cer or .crt file contains only the certificate.',
    );
  }
  checkKey(key);
  const certificates = [...ofFile, ...(await separateCertificates(settings))];
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
