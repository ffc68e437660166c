import type { Secret } from '../../secret.ts';
import type { KeyMaterial } from './key-material.ts';
import { readPem } from './read-pem.ts';
import { readPfx } from './read-pfx.ts';

const sequence = 0x30;
const integer = 0x02;
const objectIdentifier = 0x06;

/** A DER element: its tag, and its content. */
interface DerElement {
  readonly tag: number | undefined;
  readonly content: Buffer;
}

function firstElement(bytes: Buffer): DerElement {
  const [tag, length = 0] = bytes;
  // The long form of a length has its number of bytes in the low bits (X.690, 8.1.3.5).
  const start = length < 0x80 ? 2 : 2 + (length % 0x80);
  return { tag, content: bytes.subarray(start) };
}

/** Returns the PEM label of DER bytes by their first elements; undefined for PFX and for everything else. */
function labelOf(bytes: Buffer): string | undefined {
  const { content } = firstElement(bytes);
  const inner = firstElement(content);
  if (inner.tag === objectIdentifier) return 'PKCS7';
  if (inner.tag === sequence)
    return firstElement(inner.content).tag === objectIdentifier
      ? 'ENCRYPTED PRIVATE KEY'
      : 'CERTIFICATE';
  // The version is 0 in PKCS#8 and PKCS#1, 1 in an EC key, and 3 in a PFX file.
  const [version] = inner.content;
  if (inner.tag !== integer || version === 3) return undefined;
  if (content[3] === sequence) return 'PRIVATE KEY';
  return version === 1 ? 'EC PRIVATE KEY' : 'RSA PRIVATE KEY';
}

/** Returns whether the bytes can be DER: a sequence. */
export function isDer(bytes: Buffer): boolean {
  return bytes[0] === sequence && bytes.length > 16;
}

/**
 * Reads the private key and the certificates of a DER file: a key, a certificate or a PFX file.
 * @throws {CredentialError} when it is none of them, or the password is missing or wrong
 */
export async function readDer(bytes: Buffer, password: Secret | undefined): Promise<KeyMaterial> {
  const label = labelOf(bytes);
  return label === undefined
    ? readPfx(bytes, password)
    : readPem(
        `-----BEGIN ${label}-----${bytes.toString('base64')}-----END ${label}-----`,
        password,
      );
}
