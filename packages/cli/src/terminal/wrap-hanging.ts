import { wrapWords } from './wrap-words.ts';

/** Wraps a text to `width` columns; the lines after the first begin with `indent` blanks. */
export function wrapHanging(text: string, width: number, indent: number): string {
  const [first = '', ...rest] = wrapWords(text, Math.max(width - indent, 20));
  return [first, ...rest.map((line) => ' '.repeat(indent) + line)].join('\n');
}
