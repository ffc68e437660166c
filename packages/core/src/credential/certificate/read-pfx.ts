import { createPrivateKey, X509Certificate } from 'node:crypto';

import type { pkcs12 } from 'node-forge';

import { CredentialError } from '../../errors/credential-error.ts';
import type { Secret } from '../../secret.ts';
import type { KeyMaterial } from './key-material.ts';

const wrongPassword = 'The PFX file does not open with the password given.';

const checkPassword =
  'Check the password (credential.password, credential.passwordFile or AZURE_CLIENT_CERTIFICATE_PASSWORD); `openssl pkcs12 -in FILE -noout` asks for it and says whether it fits.';

/** forge reads passwords of PBES2 as Latin-1, where the writers of such files mean UTF-8. */
const useAscii =
  'Give the file an ASCII password: export it again, or turn it into PEM with `openssl pkcs12 -in FILE -out FILE.pem`.';

const unreadable = [
  'The PFX file cannot be read.',
  'Check that it was copied whole, in binary; export it again from the key store if it was.',
] as const;

/** Keys come in clear or encrypted bags; both are keys to us. */
function bagsOf(pfx: pkcs12.Pkcs12Pfx, ...types: (string | undefined)[]): pkcs12.Bag[] {
  return types.flatMap((bagType) =>
    bagType === undefined ? [] : (pfx.getBags({ bagType })[bagType] ?? []),
  );
}

/**
 * Takes the private key and the certificates out of a PFX (PKCS#12) file. By node-forge, because Node's own OpenSSL hands
 * keys of a PFX to TLS only, and no longer opens the RC2 that Windows and old tools encrypt certificates with.
 * @throws {CredentialError} when the password is missing or wrong, or the file is no PFX
 */
export async function readPfx(bytes: Buffer, password: Secret | undefined): Promise<KeyMaterial> {
  const { default: forge } = await import('node-forge');
  let asn1;
  try {
    asn1 = forge.asn1.fromDer(bytes.toString('binary'));
  } catch {
    throw new CredentialError(...unreadable);
  }
  let pfx: pkcs12.Pkcs12Pfx;
  try {
    pfx = forge.pkcs12.pkcs12FromAsn1(asn1, password?.reveal() ?? '');
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    // forge's texts choose between two of ours; both are E_CREDENTIAL.
    if (!/MAC|password|decrypt/iu.test(text)) throw new CredentialError(...unreadable);
    throw password === undefined
      ? new CredentialError(
          'The PFX file is encrypted and no password is given.',
          'Give the password (credential.password, credential.passwordFile or AZURE_CLIENT_CERTIFICATE_PASSWORD).',
        )
      : new CredentialError(
          wrongPassword,
          /^\p{ASCII}*$/u.test(password.reveal()) ? checkPassword : useAscii,
        );
  }
  const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids;
  const [bag, ...others] = bagsOf(pfx, pkcs8ShroudedKeyBag, keyBag);
  if (others.length > 0) {
    throw new CredentialError(
      `The PFX file holds ${others.length + 1} private keys.`,
      'Export the one whose certificate is registered with the application.',
    );
  }
  if (bag !== undefined && bag.key === undefined && bag.asn1 === undefined)
    throw new CredentialError(...unreadable);
  const der = (value: Parameters<typeof forge.asn1.toDer>[0]): Buffer =>
    Buffer.from(forge.asn1.toDer(value).getBytes(), 'binary');
  const key =
    bag === undefined
      ? undefined
      : bag.key
        ? createPrivateKey(forge.pki.privateKeyToPem(bag.key))
        : createPrivateKey({ key: der(bag.asn1), format: 'der', type: 'pkcs8' });
  const certificates = bagsOf(pfx, certBag).map((each) =>
    each.cert
      ? new X509Certificate(forge.pki.certificateToPem(each.cert))
      : new X509Certificate(der(each.asn1)),
  );
  return { key, certificates };
}
