import type * as core from '@rollcall/core';

import type { Console } from './terminal/console.ts';

/** The part of core that commands use, behind a door: `--help` must not load it. */
export type Core = typeof core;

/** What a command may touch of the outside. Tests pass their own. */
export interface Context {
  readonly core: () => Promise<Core>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadableStream;
  readonly console: Console;
  readonly log: core.Log;
  /** Aborted by SIGINT, SIGTERM, or when the reader of standard output goes away. */
  readonly signal: AbortSignal;
}
