import type { Verdict } from '@rollcall/core';

import type { Console, Tone } from '../terminal/console.ts';
import { printable } from '../terminal/printable.ts';

const marks: Readonly<Record<Verdict['verdict'], readonly [mark: string, tone: Tone]>> = {
  ok: ['✔', 'good'],
  warning: ['!', 'warning'],
  failed: ['✖', 'error'],
  skipped: ['–', 'faint'],
  'not-tried': ['–', 'faint'],
};

/** As wide as `12345 ms`. */
const timeWidth = 8;

/** Breaks between words; a word that is longer than a line, such as an address to be copied, stays whole. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** What a program or a search engine knows a failure by. */
function names({ says, code, aadsts, requestId }: Verdict): string {
  const known = [
    code,
    aadsts === undefined ? undefined : `AADSTS${aadsts}`,
    requestId === undefined || says.includes(requestId) ? undefined : `request ${requestId}`,
  ].filter((name) => name !== undefined);
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}

/** What was found, then each mistake on a line of its own, then the one remedy. */
function paragraphs(verdict: Verdict): readonly (readonly [lead: string, text: string])[] {
  const { says, issues = [], remedy } = verdict;
  const [headline = says] = issues.length > 0 ? says.split(': ', 1) : [says];
  return [
    ['', `${headline}${names(verdict)}`],
    ...issues.map(({ path, source, message, hint }) => {
      const text = `${path} (${source}): ${message}. ${hint}`;
      return ['• ', text] as const;
    }),
    ...(remedy === undefined ? [] : [['→ ', remedy] as const]),
  ];
}

/** Puts verdicts into columns: mark, step, time, words. On a terminal the words stay in their column. */
export function doctorLines(console: Console, steps: readonly string[]) {
  const nameWidth = Math.max(...steps.map((step) => step.length));
  const indent = 2 + nameWidth + 2 + timeWidth + 2;
  const width = console.outIsTerminal ? Math.max(40, console.width - indent) : Infinity;

  return {
    /** One verdict; nothing for a step that was not tried, which {@link closing} names. */
    of(verdict: Verdict): string {
      if (verdict.verdict === 'not-tried') return '';
      const [mark, tone] = marks[verdict.verdict];
      const took = `${verdict.milliseconds} ms`.padStart(timeWidth);
      const head = `${console.paint(tone, mark)} ${verdict.step.padEnd(nameWidth)}  ${console.paint('faint', took)}  `;
      const body = paragraphs(verdict).flatMap(([lead, text]) =>
        wrapped(printable(text), width - lead.length).map((line, at) =>
          at === 0
            ? `${console.paint('strong', lead)}${line}`
            : `${' '.repeat(lead.length)}${line}`,
        ),
      );
      return `${head}${body.join(`\n${' '.repeat(indent)}`)}\n`;
    },

    /** The last line: whether users can be listed now, and what was not tried. */
    closing(verdicts: readonly Verdict[]): string {
      const named = (wanted: Verdict['verdict']) =>
        verdicts.filter(({ verdict }) => verdict === wanted).map(({ step }) => step);
      const [failed] = named('failed');
      const warned = named('warning');
      if (failed !== undefined) {
        const left = named('not-tried');
        const [mark, tone] = marks['not-tried'];
        return left.length === 0
          ? ''
          : `${console.paint(tone, mark)} not tried, as ${failed} failed: ${left.join(', ')}\n`;
      }
      return warned.length === 0
        ? 'Nothing is in the way: users can be listed.\n'
        : `Users can be listed. Worth a look: ${warned.join(', ')}.\n`;
    },
  };
}
