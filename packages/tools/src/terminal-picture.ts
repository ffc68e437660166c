/** One line on a terminal. */
export interface Line {
  readonly kind: 'command' | 'output' | 'aside';
  readonly text: string;
}

const [charWidth, lineHeight, margin, titleBar] = [8.4, 20, 16, 34];
const colours = { command: '#e6edf3', output: '#9fb1c1', aside: '#7ee787' } as const;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escape(text: string): string {
  return text.replace(/[&<>]/gu, (found) => escapes[found] ?? found);
}

/** Columns that a text takes on a terminal: none for marks, two for East Asian letters. */
export function columns(text: string): number {
  let width = 0;
  for (const char of text) {
    if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(char)) continue;
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u.test(char)
      ? 2
      : 1;
  }
  return width;
}

/** Cuts what is longer than a line, as a terminal does. */
export function wrap(lines: readonly Line[], width: number): readonly Line[] {
  return lines.flatMap(({ kind, text }) => {
    const parts = text.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [''];
    return parts.map((part) => ({ kind, text: part }));
  });
}

/**
 * Places each cell of a table at its own position, so that the columns stay aligned in any font and script. Two or more
 * spaces separate cells.
 */
function tspans(text: string): string {
  return [...text.matchAll(/\S+(?: \S+)*/gu)]
    .map(({ 0: piece, index }) => {
      const x = margin + columns(text.slice(0, index)) * charWidth;
      return `<tspan x="${x.toFixed(1)}">${escape(piece)}</tspan>`;
    })
    .join('');
}

/**
 * Draws a terminal with these lines on it.
 * @returns an SVG document that needs only a monospaced font
 */
export function terminalPicture(title: string, lines: readonly Line[], width: number): string {
  const shown = wrap(lines, width);
  const [wide, high] = [
    Math.ceil(width * charWidth + 2 * margin),
    titleBar + shown.length * lineHeight + margin,
  ];
  const body = shown.map(({ kind, text }, index) => {
    const y = titleBar + (index + 0.75) * lineHeight;
    return `<text y="${y}" fill="${colours[kind]}">${tspans(text)}</text>`;
  });
  const lights = ['#ff5f57', '#febc2e', '#28c840'].map(
    (fill, index) => `<circle cx="${20 + index * 18}" cy="17" r="5.5" fill="${fill}"/>`,
  );
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" role="img" aria-label="${escape(title)}"`,
    `  font-family="ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${wide}" height="${high}" rx="8" fill="#0d1117"/>`,
    ...lights,
    ...body,
    '</svg>',
  ].join('\n')}\n`;
}
