import type * as core from '@rollcall/core';
import type { RemedyTexts } from '@rollcall/core/command-line';

import type { Console } from './terminal/console.ts';

/** Core, which is loaded only by the commands that need it: `--help` does not. */
export type Core = typeof core;

/** The environment of a command. Tests pass their own. */
export interface Context {
  readonly core: () => Promise<Core>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadableStream;
  readonly console: Console;
  readonly log: core.Log;
  /** The wordings of remedies for this command. */
  readonly remedies: RemedyTexts;
  /** Aborted by SIGINT, by SIGTERM, or when the reader of stdout closes the pipe. */
  readonly signal: AbortSignal;
}
