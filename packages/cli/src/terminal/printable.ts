/**
 * C0 and C1 controls, bidirectional controls, and the two separators that JSON leaves as they are. In a value
 * that somebody else chose they could repaint the terminal or start a log line of their own.
 */
const unprintable = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** @returns `text` on one line, with whatever would act on a terminal shown as `\uXXXX` */
export function printable(text: string): string {
  return text.replace(unprintable, escaped);
}

/** @returns `value` as JSON on one line for any reader, also one that splits at U+2028 */
export function jsonLine(value: unknown): string {
  return printable(JSON.stringify(value));
}
