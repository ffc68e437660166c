import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { SettingsError } from '../errors/settings-error.ts';
import { parseSettings } from './parse-settings.ts';
import type { Settings } from './settings.ts';
import { showSettings } from './show-settings.ts';
import { arbitrarySources, secretCanary, valueCanary } from './testing/arbitrary-settings.ts';
import { settingsFolder } from './testing/settings-folder.ts';

const isLong = process.env['ROLLCALL_LONG'] === '1';
const runs = isLong ? 100_000 : 2_000;
const seed = Number(process.env['ROLLCALL_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));
const parameters = { numRuns: runs, seed };

let sockets = 0;
const countSocket = (): void => {
  sockets += 1;
};
beforeAll(() => {
  process.stdout.write(`settings: ${runs} runs, ROLLCALL_SEED=${seed}\n`);
  subscribe('net.client.socket', countSocket);
});
afterAll(() => {
  unsubscribe('net.client.socket', countSocket);
});

/**
 * Runs `work` and returns everything that can be printed of its outcome; rethrows errors other than SettingsError.
 */
async function outcome(
  work: () => Settings | Promise<Settings>,
): Promise<{ readonly accepted: boolean; readonly printed: string }> {
  try {
    const settings = await work();
    const printed = [
      inspect(settings, { depth: 9 }),
      JSON.stringify(settings),
      JSON.stringify(showSettings(settings)),
    ];
    return { accepted: true, printed: printed.join('\n') };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const isComplete = error.issues.every(({ path, source, message, hint }) =>
      [path, source ?? 'absent', message, hint].every((text) => /\S/u.test(text)),
    );
    if (error.issues.length === 0 || !isComplete)
      throw new Error('an issue is incomplete', { cause: error });
    const printed = [error.stack, JSON.stringify(error), inspect(error, { depth: 9 })];
    return { accepted: false, printed: printed.join('\n') };
  }
}

it(
  'faults A7: any sources result in settings or in one SettingsError, and no secret is printed',
  async () => {
    await using folder = await settingsFolder();
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(arbitrarySources, async ({ file, envFile, environment, flags }) => {
        await folder.write('rollcall.json', file);
        if (envFile !== '') await folder.write('.env', envFile);
        const given = envFile === '' ? flags : { ...flags, 'env-file': '.env' };
        const result = await outcome(() => folder.load({ environment, flags: given }));
        if (result.accepted) accepted += 1;
        expect(result.printed).not.toContain(secretCanary);
        expect(result.accepted ? '' : result.printed).not.toContain(valueCanary);
      }),
      parameters,
    );
    // The property is only meaningful if some of the settings are accepted.
    expect(accepted).toBeGreaterThan(runs / 50);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(sockets).toBe(0);
  },
  isLong ? 1_800_000 : 120_000,
);

it(
  'faults A7: any value passed to parseSettings has the same outcomes',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withNullPrototype: true, withDate: true, withMap: true, withBigInt: true }),
        async (value) => {
          expect((await outcome(() => parseSettings(value as never))).accepted).toBe(false);
        },
      ),
      parameters,
    );
  },
  isLong ? 1_800_000 : 120_000,
);
