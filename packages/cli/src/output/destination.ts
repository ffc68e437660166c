import { resolve } from 'node:path';

import type { Context } from '../context.ts';
import { createOutputFile } from './output-file.ts';

/** Where users go: standard output, or a file that has its name only once it is whole. */
export interface Destination extends AsyncDisposable {
  write(text: string): Promise<void>;
  /** Nothing more will come, and all of it was right. */
  complete(): Promise<void>;
}

export interface DestinationFlags {
  readonly out: string | undefined;
  readonly force: boolean;
}

/** @throws {OutputError} when the file cannot be made: before anything was asked of the service */
export async function openDestination(
  { out, force }: DestinationFlags,
  { console, cwd }: Context,
): Promise<Destination> {
  if (out !== undefined) return await createOutputFile(resolve(cwd, out), { force });
  return {
    write: (text) => console.write(text),
    complete: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
}
