/**
 * C0 and C1 controls, bidirectional controls, and the two line separators that JSON does not escape. In a value from
 * outside they could change the terminal or begin a forged log line.
 */
const unprintable = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Returns `text` on one line, with every character that would control a terminal as `\uXXXX`. */
export function printable(text: string): string {
  return text.replace(unprintable, escaped);
}

/** Returns `value` as JSON on one line, also for readers that split lines at U+2028. */
export function jsonLine(value: unknown): string {
  return printable(JSON.stringify(value));
}
