import { styleText } from 'node:util';

import { writeAll } from './write-all.ts';
import type { Presentation } from './presentation.ts';
import { jsonLine } from './json-line.ts';
import { wrapMessage } from './wrap-message.ts';

export type Tone = 'error' | 'warning' | 'good' | 'strong' | 'faint';

const styles = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  good: ['green'],
  strong: ['bold'],
  faint: ['dim'],
} as const satisfies Record<Tone, Parameters<typeof styleText>[0]>;

/** A message on stderr: a text for people, fields for programs. */
export interface Notice {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** Stable, kebab-case. */
  readonly event: string;
  /** The text, of one or more lines. */
  readonly text: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** The output of a command: data on stdout, everything else on stderr. */
export interface Console {
  readonly presentation: Presentation;
  /** Whether stdout is a terminal. */
  readonly outIsTerminal: boolean;
  /** Columns of stdout; 80 if unknown. */
  readonly width: number;
  /** Writes data to stdout and waits until the reader accepts it. Rejects when aborted or when the pipe is closed. */
  write(data: string | Uint8Array): Promise<void>;
  /** Prints a message on stderr. With `--quiet`, only errors are printed. */
  say(notice: Notice): void;
  /** Prints a question on stderr, without a line break. */
  prompt(text: string): void;
  /** The maximum length of a status. A longer line would wrap and could not be erased. */
  readonly statusWidth: number;
  /** Shows a line that the next call replaces; no text removes it. Does nothing without a terminal. */
  status(text?: string): void;
  paint(tone: Tone, text: string): string;
}

export interface ConsoleStreams {
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
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
  const forTerminal = (text: string): string =>
    stderr.isTTY === true ? wrapMessage(text, stderr.columns ?? 80) : text;
  return {
    presentation,
    outIsTerminal: stdout.isTTY === true,
    width: stdout.columns ?? 80,
    get statusWidth() {
      return (stderr.columns ?? 80) - 1;
    },
    write(data) {
      // Data and status share the terminal: the status is erased here, and its owner draws it again below the data.
      if (stdout.isTTY === true && shown !== '' && data.length > 0) {
        stderr.write(eraseLine);
        shown = '';
      }
      return writeAll(stdout, data, signal);
    },
    say({ level, event, text, facts }) {
      if (presentation.quiet && level !== 'error') return;
      line(
        presentation.logFormat === 'json'
          ? jsonLine({ time: new Date().toISOString(), level, event, ...facts })
          : forTerminal(text),
      );
    },
    prompt: (text) => void stderr.write(text),
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
