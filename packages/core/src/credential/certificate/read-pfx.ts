import { createPrivateKey, X509Certificate } from 'node:crypto';

import type { pkcs12 } from 'node-forge';

import { CredentialError } from '../../errors/credential-error.ts';
import type { Secret } from '../../secret.ts';
import type { KeyMaterial } from './key-material.ts';

const wrongPassword = 'The PFX file cannot be decrypted with this password.';

const checkPassword = 'Check the password with `openssl pkcs12 -in FILE -noout`.';

/** node-forge encodes passwords of PBES2 as Latin-1, but programs that create such files encode them as UTF-8. */
const useAscii =
  'Only ASCII passwords are supported: export the file again, or convert it with `openssl pkcs12 -in FILE -out FILE.pem`.';

const unreadable = [
  'The PFX file cannot be read.',
  'Copy the file again in binary mode, or export it again from the key store.',
] as const;

/** Returns the bags of several types: a key can be in an encrypted or an unencrypted bag. */
function bagsOf(pfx: pkcs12.Pkcs12Pfx, ...types: (string | undefined)[]): pkcs12.Bag[] {
  return types.flatMap((bagType) =>
    bagType === undefined ? [] : (pfx.getBags({ bagType })[bagType] ?? []),
  );
}

/**
 * Reads the private key and the certificates of a PFX (PKCS#12) file. Uses node-forge, because Node's API gives keys
 * of a PFX file only to TLS, and its OpenSSL does not support RC2, with which Windows and older tools encrypt
 * certificates.
 * @throws {CredentialError} when the password is missing or wrong, or the file is not a PFX file
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
    // node-forge has no error codes. The message only selects the wording: the error is a CredentialError in any case.
    if (!/MAC|password|decrypt/iu.test(text)) throw new CredentialError(...unreadable);
    throw password === undefined
      ? new CredentialError('The PFX file is encrypted, and no password is set.', {
          code: 'set-key-password',
        })
      : new CredentialError(
          wrongPassword,
          /^\p{ASCII}*$/u.test(password.reveal()) ? checkPassword : useAscii,
        );
  }
  const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids;
  const [bag, ...others] = bagsOf(pfx, pkcs8ShroudedKeyBag, keyBag);
  if (others.length > 0) {
    throw new CredentialError(
      `The PFX file contains ${others.length + 1} private keys.`,
      'Export only the key whose certificate is registered with the application.',
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
