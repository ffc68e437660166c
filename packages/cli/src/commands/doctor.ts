import type { Arguments } from '../command.ts';
import type { Context } from '../context.ts';
import { examine, type Verdict } from '../doctor/examine.ts';
import type { Case } from '../doctor/step.ts';
import { steps } from '../doctor/steps.ts';
import type { Console, Tone } from '../terminal/console.ts';
import { printable } from '../terminal/printable.ts';

export interface DoctorArguments extends Arguments {
  readonly json: boolean;
}

const marks: Readonly<Record<Verdict['verdict'], readonly [mark: string, tone: Tone]>> = {
  ok: ['✔', 'good'],
  warning: ['!', 'warning'],
  failed: ['✖', 'error'],
  skipped: ['–', 'faint'],
};

const nameWidth = Math.max(...steps.map(({ name }) => name.length));

function lines(console: Console, { step, verdict, says, remedy, milliseconds }: Verdict): string {
  const [mark, tone] = marks[verdict];
  const took = milliseconds === null ? '' : console.paint('faint', ` (${milliseconds} ms)`);
  const said = `${console.paint(tone, mark)} ${step.padEnd(nameWidth)}  ${printable(says)}${took}\n`;
  if (remedy === undefined) return said;
  return `${said}${' '.repeat(nameWidth + 4)}${console.paint('strong', '→')} ${printable(remedy)}\n`;
}

/** Looks at every step from the settings to the first user. @returns the exit code of the first that failed */
export async function doctor(args: DoctorArguments, context: Context): Promise<number> {
  const { console } = context;
  // Warnings are verdicts here, and would be said twice.
  const about: Case = { args, context: { ...context, log: () => {} } };
  const verdicts: Verdict[] = [];
  try {
    for await (const verdict of examine(steps, about, () => performance.now())) {
      verdicts.push(verdict);
      if (!args.json) await console.write(lines(console, verdict));
    }
  } finally {
    await about.opened?.[Symbol.asyncDispose]();
  }
  const failed = verdicts.find(({ verdict }) => verdict === 'failed');
  if (args.json)
    await console.write(
      `${JSON.stringify({ healthy: failed === undefined, steps: verdicts }, undefined, 2)}\n`,
    );
  return failed?.exitCode ?? 0;
}
