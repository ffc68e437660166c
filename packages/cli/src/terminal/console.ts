import { styleText } from 'node:util';

import { writeAll } from './write-all.ts';
import type { Presentation } from './presentation.ts';
import { jsonLine } from './printable.ts';

export type Tone = 'error' | 'warning' | 'good' | 'strong' | 'faint';

const styles = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  good: ['green'],
  strong: ['bold'],
  faint: ['dim'],
} as const satisfies Record<Tone, Parameters<typeof styleText>[0]>;

/** Something to say on standard error: for people a text, for programs its facts. */
export interface Notice {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** Stable, kebab-case. */
  readonly event: string;
  /** For people; may have several lines. */
  readonly text: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** The two streams of the command, and the manners: data to one, everything else to the other. */
export interface Console {
  readonly presentation: Presentation;
  /** Whether a person reads standard output. */
  readonly outIsTerminal: boolean;
  /** Columns of standard output; 80 where nobody knows. */
  readonly width: number;
  /** Writes data to standard output and waits until the reader took it. Rejects when aborted or the reader is gone. */
  write(data: string | Uint8Array): Promise<void>;
  /** Says something on standard error, unless `--quiet` (errors are always said). */
  say(notice: Notice): void;
  /** So long may a status be: a longer line would wrap, and could then not be erased. */
  readonly statusWidth: number;
  /** Shows a line that the next one replaces; nothing clears it. Does nothing where there is no terminal. */
  status(text?: string): void;
  paint(tone: Tone, text: string): string;
}

export interface ConsoleStreams {
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly columns?: number };
}

const eraseLine = '\r\u001B[K';

export function createConsole(
  { stdout, stderr }: ConsoleStreams,
  presentation: Presentation,
  signal: AbortSignal,
): Console {
  let shown = '';
  const line = (text: string) => {
    stderr.write(`${shown === '' ? '' : eraseLine}${text}\n${shown}`);
  };
  return {
    presentation,
    outIsTerminal: stdout.isTTY === true,
    width: stdout.columns ?? 80,
    get statusWidth() {
      return (stderr.columns ?? 80) - 1;
    },
    write(data) {
      // On one screen the data goes where the line stands; whoever drew that draws it again, below.
      if (stdout.isTTY === true && shown !== '' && data.length > 0) {
        stderr.write(eraseLine);
        shown = '';
      }
      return writeAll(stdout, data, signal);
    },
    say({ level, event, text, facts }) {
      if (presentation.quiet && level !== 'error') return;
      line(presentation.logFormat === 'json' ? jsonLine({ level, event, ...facts }) : text);
    },
    status(text = '') {
      if (!presentation.progress || text === shown) return;
      const next = text.slice(0, this.statusWidth);
      stderr.write(`${eraseLine}${next}`);
      shown = next;
    },
    paint: (tone, text) =>
      presentation.color ? styleText([...styles[tone]], text, { validateStream: false }) : text,
  };
}
