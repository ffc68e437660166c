import stringWidth from 'string-width';

/**
 * Control characters, and the characters that change the direction of text or break lines: a name must not be able to
 * control a terminal. The two joiners are allowed: they only select the shape of a letter (Persian, Hindi) or of an
 * emoji.
 */
const unsafe = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|\p{Cs}/gu;

/** The text with what is unsafe on a terminal written as `\uXXXX`. */
export function terminalText(text: string): string {
  return text.replaceAll(
    unsafe,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text in `width` columns of a terminal, or in as many more as it takes. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - stringWidth(text), 0));
}

/** The text in exactly `width` columns of a terminal: padded, or cut between characters with an ellipsis. */
export function fitted(text: string, width: number): string {
  const wide = stringWidth(text);
  if (wide <= width) return text + ' '.repeat(width - wide);
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const more = stringWidth(segment);
    if (used + more > width - 1) break;
    kept += segment;
    used += more;
  }
  return `${kept}…${' '.repeat(width - 1 - used)}`;
}
