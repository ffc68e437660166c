import { isGuid } from './guid.ts';
import { safeText } from './safe-text.ts';

const longest = 300;

/** A name of a secret with its value, as in a form or in a URL: `client_secret=…`, `"password": "…"`, `Bearer …`. */
const named =
  /\b(?<name>(?:client[_-]?)?(?:secret|password|passwd|pwd|assertion|token|key)|bearer|basic)(?<between>["']?\s*[:= ]\s*["']?)(?<value>[^\s"'&,;]{4,})/giu;

/** Text without blanks that is long enough to be a key, a token or a secret. */
const run = /[\w+/~=.-]{20,}/gu;

/** Whether a run of characters is a word, a host name or a path: a secret has digits. */
function isHarmless(text: string): boolean {
  return !/\d/u.test(text) || isGuid(text.toLowerCase());
}

/**
 * Returns a text of another library or service without what can be a secret, in at most 300 characters and without
 * control characters. Such a text can repeat what was sent or received, and is printed and logged with our errors.
 */
export function redactedText(text: string): string {
  const redacted = text
    .slice(0, 4 * longest)
    .replaceAll(named, '$<name>$<between>[redacted]')
    .replaceAll(run, (found) => (isHarmless(found) ? found : '[redacted]'));
  return safeText(redacted.slice(0, longest));
}
