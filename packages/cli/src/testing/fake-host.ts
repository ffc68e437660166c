import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';

import type { Host } from '../run-program.ts';

export interface FakeHost {
  readonly host: Host;
  stdout(): string;
  stderr(): string;
  /** What was sent to the process itself by `kill`. */
  readonly killed: string[];
  /** Delivers a signal, as the system would. */
  deliver(signal: 'SIGINT' | 'SIGTERM'): void;
}

export interface FakeHostOptions {
  readonly env?: Record<string, string>;
  readonly stdin?: string;
  readonly terminal?: boolean;
  readonly columns?: number;
  readonly cwd?: string;
}

function captured(terminal: boolean, columns: number): { stream: Writable; text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  if (terminal) Object.assign(stream, { isTTY: true, columns });
  return { stream, text: () => chunks.join('') };
}

/** A process that exists only in memory. */
export function createFakeHost(options: FakeHostOptions = {}): FakeHost {
  const { terminal = false, columns = 80 } = options;
  const out = captured(terminal, columns);
  const err = captured(terminal, columns);
  const killed: string[] = [];
  const events = new EventEmitter();
  const host = Object.assign(events, {
    pid: 1,
    stdin: Readable.from(options.stdin === undefined ? [] : [options.stdin]),
    stdout: out.stream,
    stderr: err.stream,
    env: options.env ?? {},
    cwd: () => options.cwd ?? '/nowhere',
    kill: (_pid: number, signal: string) => killed.push(signal) > 0,
  }) as unknown as Host;
  return {
    host,
    stdout: out.text,
    stderr: err.text,
    killed,
    deliver: (signal) => {
      events.emit(signal, signal);
    },
  };
}
