import stringWidth from 'string-width';

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
