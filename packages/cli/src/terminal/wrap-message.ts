import { stripVTControlCharacters } from 'node:util';

/** A blank that is not a place to wrap at. */
const held = '\u0000';

/** The blanks at the start of a line, with a label such as `hint:` or `→`, below which its text is aligned. */
const lead = /^( *)(?:(?:\S+:|→|•|-) )?/u;

function wrapLine(line: string, width: number): string {
  const plain = stripVTControlCharacters(line);
  if (plain.length <= width) return line;
  const indent = Math.min((lead.exec(plain)?.[1] ?? '').length + 2, 10);
  // A command in backticks stays on one line, so that it can be copied.
  const words = line.replaceAll(/`[^`]*`/gu, (code) => code.replaceAll(' ', held)).split(' ');
  const lines: string[] = [];
  let current = '';
  let length = 0;
  for (const [at, word] of words.entries()) {
    const wide = stripVTControlCharacters(word).length;
    const isStart = current.trim() === '';
    if (!isStart && length + 1 + wide > width) {
      lines.push(current);
      [current, length] = [' '.repeat(indent) + word, indent + wide];
    } else {
      current = at === 0 ? word : `${current} ${word}`;
      length += wide + (at === 0 ? 0 : 1);
    }
  }
  return [...lines, current].join('\n').replaceAll(held, ' ');
}

/**
 * Wraps the lines of a message to the width of a terminal, with a hanging indent. Colors do not count; URLs and
 * commands in backticks are not broken.
 */
export function wrapMessage(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}
