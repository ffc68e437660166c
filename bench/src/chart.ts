/** One bar: a name and a value. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly isOurs: boolean;
}

const width = 760;
const left = 270;
const barHeight = 22;
const gap = 8;
const top = 44;
const room = 90;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('`', '');
}

/** Draws horizontal bars as SVG, in colors that can be read on a light and on a dark background. */
export function chart(title: string, unit: string, bars: readonly Bar[]): string {
  const longest = Math.max(...bars.map(({ value }) => value));
  const height = top + bars.length * (barHeight + gap) + 8;
  const rows = bars.flatMap(({ name, value, isOurs }, index) => {
    const y = top + index * (barHeight + gap);
    const length = Math.max(2, (value / longest) * (width - left - room));
    const text = y + barHeight - 6;
    return [
      `<text x="${left - 8}" y="${text}" text-anchor="end">${escaped(name)}</text>`,
      `<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="3" fill="${isOurs ? '#2f81f7' : '#8b949e'}"/>`,
      `<text x="${(left + length + 6).toFixed(1)}" y="${text}">${value.toFixed(1)} ${unit}</text>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    '<style>text { font: 13px system-ui, sans-serif; fill: #6e7781 } .title { font-weight: 600; font-size: 14px }</style>',
    `<text class="title" x="8" y="24">${escaped(title)}</text>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}
