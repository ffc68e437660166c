import { CredentialError } from '../../errors/credential-error.ts';
import type { Secret } from '../../secret.ts';
import type { KeyMaterial } from './key-material.ts';
import { isPem, textOfBytes } from './pem-text.ts';
import { isDer, readDer } from './read-der.ts';
import { readPem } from './read-pem.ts';

const javaKeyStore = 0xfeed_feed;

/** What files contain that are given by mistake, by the start of their text. */
const otherTexts: readonly (readonly [RegExp, string])[] = [
  [/^PuTTY-User-Key-File/u, 'a key in the format of PuTTY'],
  [/^(?:ssh-|ecdsa-)/u, 'a public key of OpenSSH'],
  [/^\s*<(?:!doctype|html)/iu, 'an HTML page'],
  [/^\s*[{[]/u, 'JSON'],
];

function unknownForm(bytes: Buffer, text: string): CredentialError {
  const isKeyStore = bytes.length > 4 && bytes.readUInt32BE(0) === javaKeyStore;
  const [, found = 'neither PEM, DER, PFX nor base64 of one of them'] = isKeyStore
    ? [undefined, 'a Java key store']
    : (otherTexts.find(([start]) => start.test(text)) ?? []);
  return new CredentialError(
    `The file or variable for the private key contains ${found}.`,
    'Use the private key with its certificate as PEM, or as PFX (Key Vault: download the secret, not the certificate).',
  );
}

/** Returns the bytes of base64 or base64url text on any number of lines, with or without quotes around it. */
function decodedBase64(text: string): Buffer | undefined {
  const compact = text.replaceAll(/\\[rn]|\s/gu, '').replace(/^(["'])(.*)\1$/u, '$2');
  return /^[\w+/-]{16,}={0,2}$/u.test(compact) ? Buffer.from(compact, 'base64') : undefined;
}

/**
 * Reads a private key and its certificates in each form that Azure tools create: PEM with any line breaks in UTF-8 or
 * UTF-16, DER, PFX, and base64 of these.
 * @throws {CredentialError} that names what was found instead
 */
export async function readKeyMaterial(
  bytes: Buffer,
  password: Secret | undefined,
): Promise<KeyMaterial> {
  if (isDer(bytes)) return readDer(bytes, password);
  const text = textOfBytes(bytes);
  if (isPem(text)) return readPem(text, password);
  const decoded = decodedBase64(text);
  if (decoded !== undefined && isDer(decoded)) return readDer(decoded, password);
  const inner = decoded === undefined ? '' : textOfBytes(decoded);
  if (isPem(inner)) return readPem(inner, password);
  throw unknownForm(bytes, text);
}
