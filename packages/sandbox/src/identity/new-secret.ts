import { randomBytes } from 'node:crypto';

/** A client secret in the form of Entra's: 40 characters, the fourth to the sixth being `8Q~`. */
export function newSecret(): string {
  const random = randomBytes(40).toString('base64url').replaceAll('_', '~').replaceAll('-', '.');
  return `${random.slice(0, 3)}8Q~${random.slice(3, 37)}`;
}
