import type { Verdict } from '@rollcall/core';
import { headline, hintText, type RemedyTexts, safeText } from '@rollcall/core/command-line';

import type { Console, Tone } from '../terminal/console.ts';
import { wrapHanging } from '../terminal/wrap-hanging.ts';
import { wrapWords } from '../terminal/wrap-words.ts';

const marks: Readonly<Record<Verdict['verdict'], readonly [mark: string, tone: Tone]>> = {
  ok: ['✔', 'good'],
  warning: ['!', 'warning'],
  failed: ['✖', 'error'],
  skipped: ['–', 'faint'],
  'not-run': ['–', 'faint'],
};

/** The width of `12345 ms`. */
const timeWidth = 8;

/** The code and ids of a failure, in parentheses. */
function identifiers({ message, code, aadsts, requestId }: Verdict): string {
  const known = [
    code,
    aadsts === undefined ? undefined : `AADSTS${aadsts}`,
    requestId === undefined || message.includes(requestId) ? undefined : `request ${requestId}`,
  ].filter((name) => name !== undefined);
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}

/** The message, each problem of the settings on its own line, and the hint. */
function paragraphs(
  verdict: Verdict,
  remedies: RemedyTexts,
): readonly (readonly [lead: string, text: string])[] {
  const { issues = [], hint, remedy } = verdict;
  return [
    ['', `${headline(verdict)}${identifiers(verdict)}`],
    ...issues.map((issue) => {
      const origin = issue.source === undefined ? '' : ` (${issue.source})`;
      return [
        '• ',
        `${issue.path}${origin}: ${issue.message}. ${hintText(issue, remedies)}`,
      ] as const;
    }),
    ...(hint === undefined ? [] : [['→ ', hintText({ hint, remedy }, remedies)] as const]),
  ];
}

/**
 * Formats verdicts in columns: mark, step, duration, message. On a terminal the message is wrapped within its column.
 */
export function doctorLines(console: Console, steps: readonly string[], remedies: RemedyTexts) {
  const nameWidth = Math.max(...steps.map((step) => step.length));
  const indent = 2 + nameWidth + 2 + timeWidth + 2;
  const width = console.outIsTerminal ? Math.max(40, console.width - indent) : Infinity;

  const hanging = (text: string): string =>
    console.outIsTerminal ? wrapHanging(text, console.width, 2) : text;

  return {
    /** One verdict; nothing for a step that was not run, which the closing line names. */
    of(verdict: Verdict): string {
      if (verdict.verdict === 'not-run') return '';
      const [mark, tone] = marks[verdict.verdict];
      const took = `${verdict.milliseconds} ms`.padStart(timeWidth);
      const head = `${console.paint(tone, mark)} ${verdict.step.padEnd(nameWidth)}  ${console.paint('faint', took)}  `;
      const body = paragraphs(verdict, remedies).flatMap(([lead, text]) =>
        wrapWords(safeText(text), width - lead.length).map((line, at) =>
          at === 0
            ? `${console.paint('strong', lead)}${line}`
            : `${' '.repeat(lead.length)}${line}`,
        ),
      );
      return `${head}${body.join(`\n${' '.repeat(indent)}`)}\n`;
    },

    /** The last line: whether users can be listed, and which steps were skipped. */
    closing(verdicts: readonly Verdict[]): string {
      const named = (wanted: Verdict['verdict']) =>
        verdicts.filter(({ verdict }) => verdict === wanted).map(({ step }) => step);
      const [failed] = named('failed');
      const warned = named('warning');
      if (failed !== undefined) {
        const left = named('not-run');
        const [mark, tone] = marks['not-run'];
        return left.length === 0
          ? ''
          : `${console.paint(tone, mark)} ${hanging(`Skipped, because ${failed} failed: ${left.join(', ')}`)}\n`;
      }
      return warned.length === 0
        ? 'All checks passed.\n'
        : `${hanging(`All checks passed, ${warned.length} ${warned.length === 1 ? 'warning' : 'warnings'}: ${warned.join(', ')}`)}\n`;
    },
  };
}
