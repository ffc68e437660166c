import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

/** A bug that a proof has to find. The program under test does not know of it, and the build stays as it is. */
export interface Plant {
  /** The path of the module in the repository; the comments of the bundled command name it. */
  readonly module: string;
  /** Pattern and replacement. A pattern that is not there stops the program. */
  readonly changes: readonly (readonly [find: string, replacement: string])[];
}

/** A plant, set for every program that is started in its environment. */
export interface Planted extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
  /** How many programs had the bug in them. */
  grown(): Promise<number>;
}

export function setPlant(plant: Plant): Planted {
  const witness = join(tmpdir(), `rollcall-planted-${randomUUID()}`);
  return {
    env: {
      NODE_OPTIONS: `--import=${new URL('plant-preload.ts', import.meta.url).href}`,
      PLANT: JSON.stringify(plant),
      PLANTED: witness,
    },
    grown: async () =>
      (await readFile(witness, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')
        .length,
    [Symbol.asyncDispose]: () => rm(witness, { force: true }),
  };
}
