import { resolve } from 'node:path';

import { createOutputFile } from '@rollcall/core/command-line';

import type { Context } from '../context.ts';

/** Where a command writes its data: stdout, or a file. */
export interface Output {
  write(data: string): Promise<void>;
  /** Gives the file its name, with all that was written; nothing for stdout. */
  complete(): Promise<void>;
}

/**
 * Opens stdout, or the file of `--out`, which is created only when it is complete. Its content is kept in memory: for
 * output of a moderate size.
 * @throws {OutputError} if the file cannot be created
 */
export async function openOutput(
  { out, force }: { readonly out: string | undefined; readonly force: boolean },
  { console, cwd }: Pick<Context, 'console' | 'cwd'>,
): Promise<Output> {
  if (out === undefined) return { write: (data) => console.write(data), complete: async () => {} };
  const file = await createOutputFile(resolve(cwd, out), { force });
  const pieces: string[] = [];
  return {
    async write(data) {
      pieces.push(data);
    },
    complete: () => file.complete(pieces.join('')),
  };
}
