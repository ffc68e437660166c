import type { Printed } from './stage.ts';

/** Returns the part of the base64 text of `secret` that does not depend on the `shift` bytes before it. */
function inBase64(secret: string, shift: number, alphabet: 'base64' | 'base64url'): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
  return whole.toString(alphabet).slice(Math.ceil((shift * 8) / 6));
}

/**
 * Every way in which a secret has been seen to leak: plain, encoded, and as the beginning that is enough to know it.
 */
function forms(secret: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(secret);
  return new Map([
    ['plain', secret],
    ...[0, 1, 2].flatMap((shift) =>
      (['base64', 'base64url'] as const).map(
        (alphabet) =>
          [`${alphabet}, shifted by ${shift}`, inBase64(secret, shift, alphabet)] as const,
      ),
    ),
    ['percent-encoded', encodeURIComponent(secret)],
    ['percent-encoded, all of it', bytes.toString('hex').replace(/../gu, '%$&')],
    ['its first 8 characters', secret.slice(0, 8)],
  ]);
}

/**
 * Looks for secrets in what programs printed.
 * @param secrets by a name that may be shown
 * @returns one sentence for each find, without the secret
 */
export function leaks(
  everything: readonly Printed[],
  secrets: Readonly<Record<string, string>>,
): readonly string[] {
  const found: string[] = [];
  for (const [name, secret] of Object.entries(secrets)) {
    if (secret.length < 8) throw new Error(`${name} is too short to look for`);
    for (const [form, text] of forms(secret))
      for (const { args, stdout, stderr } of everything)
        for (const [stream, content] of Object.entries({ stdout, stderr }))
          if (content.toLowerCase().includes(text.toLowerCase()))
            found.push(`${name} (${form}) on ${stream} of: ${args.join(' ')}`);
  }
  return found;
}
