import { array, assert, asyncProperty, constantFrom, dictionary, oneof, string } from 'fast-check';
import { expect, it } from 'vitest';

import { DirectoryError } from './errors/directory-error.ts';
import {
  explain,
  loadConsentTarget,
  loadSettings,
  openDirectory,
  parseSettings,
  starterSettings,
} from './index.ts';
import { openFake } from './testing/open-fake.ts';

const seed = Number(process.env['SEED'] ?? 20261125);

/** Values that a JavaScript program passes by mistake. */
const odd = oneof(
  constantFrom<unknown>(
    undefined,
    null,
    true,
    0,
    -1,
    Number.NaN,
    1e9,
    10n,
    '',
    '{"tenant":"contoso.com"}',
    [],
    {},
    [[]],
    new Date(0),
    new Map(),
    /x/u,
    () => 1,
    Symbol('x'),
    Object.create(null),
    new URL('https://graph.microsoft.com'),
  ),
  string(),
);

/** Objects with the keys that the library knows, and values of the wrong type. */
const keys = constantFrom(
  ...`tenant clientId credential graph proxy secret client_id authority select filter search orderBy expand count limit
  pageSize fliter signal deadline maxRetryAfter link resume parallel deltaLink readAt flags environment cwd kind
  secretFile __proto__ constructor`.split(/\s+/u),
);
const argument = oneof(odd, dictionary(keys, oneof(odd, dictionary(keys, odd), array(odd))));

async function drain(values: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of values) break;
}

it(
  'faults A7 row 77: every function of the library rejects odd arguments with its own errors',
  { timeout: 60_000 },
  async () => {
    const { directory } = await openFake({ users: 3 });
    const { users } = directory;
    const untyped = users as unknown as Record<string, (...given: unknown[]) => unknown>;
    const call = (name: string, ...given: readonly unknown[]): unknown => untyped[name]?.(...given);
    const functions: Readonly<Record<string, (one: unknown, two: unknown) => unknown>> = {
      openDirectory: async (one) => {
        await using _ = await openDirectory(one as never);
      },
      parseSettings: (one) => parseSettings(one as never),
      loadConsentTarget: (one) =>
        loadConsentTarget({ environment: {}, cwd: '/', flags: one as never }),
      loadSettings: (one) => loadSettings({ environment: {}, cwd: '/', flags: one as never }),
      'loadSettings of environment': (one) =>
        loadSettings({ environment: one as never, cwd: '/', flags: {} }),
      starterSettings: (one) => starterSettings(one as never),
      explain: (one) => explain(one as never),
      list: (one, two) => drain(call('list', one, two) as AsyncIterable<unknown>),
      page: (one, two) => call('page', one, two),
      get: (one, two) => call('get', one, two),
      getMany: (one, two) => drain(call('getMany', one, two) as AsyncIterable<unknown>),
      count: (one, two) => call('count', one, two),
      changes: (one, two) => drain(call('changes', one, two) as AsyncIterable<unknown>),
    };
    const names = constantFrom(...Object.keys(functions));
    await assert(
      asyncProperty(names, argument, argument, async (name, one, two) => {
        let failure: unknown;
        try {
          await functions[name]?.(one, two);
        } catch (error) {
          failure = error;
        }
        // An error that a program passed in as the reason of an abort is not one of the library.
        expect(failure === undefined || failure instanceof DirectoryError ? 'typed' : failure).toBe(
          'typed',
        );
      }),
      { seed, numRuns: 1500 },
    );
  },
);
