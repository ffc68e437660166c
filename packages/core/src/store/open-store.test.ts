import { expect, it } from 'vitest';

import { Secret } from '../secret.ts';
import { createEventLog } from '../testing/event-log.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { openStore, type OpenStoreOptions } from './open-store.ts';

const redis = { kind: 'redis', url: new Secret('redis://user:canary@127.0.0.1:1') } as const;

function optionsWith(error: Error): OpenStoreOptions {
  return {
    owner: { authority: new URL('https://login.example'), tenant: 't', clientId: 'c' },
    ports: { clock: createFakeClock(), log: createEventLog().log },
    source: 'rollcall.json:3:5',
    async loadRedisStore() {
      throw error;
    },
  };
}

it.each([
  ['import', 'ERR_MODULE_NOT_FOUND'],
  ['require', 'MODULE_NOT_FOUND'],
])('names the package to install when `%s` does not find the client of Redis', async (_, code) => {
  const missing = Object.assign(new Error('Cannot find package'), { code });
  const failure: unknown = await openStore(redis, optionsWith(missing)).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({
    code: 'E_SETTINGS',
    issues: [{ path: 'tokenCache', source: 'rollcall.json:3:5' }],
    hint: expect.stringContaining('npm install @redis/client'),
  });
  expect(String(failure)).not.toContain('canary');
});

it('passes on any other error of loading', async () => {
  await expect(openStore(redis, optionsWith(new SyntaxError('broken')))).rejects.toThrow('broken');
});
