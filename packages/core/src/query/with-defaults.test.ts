import { expect, it } from 'vitest';

import { createFakeClock } from '../testing/fake-clock.ts';
import type { Send } from '../graph/graph-request.ts';
import { createUsers } from '../users/create-users.ts';
import { withDefaults } from './with-defaults.ts';

it('lets the query replace a default, and leaves the rest', () => {
  const defaults = { select: ['id', 'mail'], pageSize: 5 };
  expect(withDefaults({ select: ['id'], filter: undefined }, defaults)).toEqual({
    select: ['id'],
    pageSize: 5,
  });
  expect(withDefaults({ pageSize: undefined }, defaults)).toEqual(defaults);
  expect(withDefaults({ filter: 'x' }, undefined)).toEqual({ filter: 'x' });
});

it("lists by the query of the settings' endpoint where the caller says nothing", async () => {
  const asked: string[] = [];
  const send: Send = async ({ url }) => {
    asked.push(decodeURIComponent(url.search));
    throw new Error('enough');
  };
  const clock = createFakeClock();
  const users = createUsers({
    pipeline: { send, hold() {} },
    root: new URL('https://graph.example/v1.0'),
    listed: { tenant: 'contoso.example', cloud: 'custom' },
    ports: { clock, random: () => 0, log: () => {} },
    defaults: { select: ['mail'], pageSize: 5, limit: 9 },
  });
  await expect(Array.fromAsync(users.list())).rejects.toThrow('enough');
  await expect(Array.fromAsync(users.list({ pageSize: 7 }))).rejects.toThrow('enough');
  await expect(users.page()).rejects.toThrow('enough');
  expect(asked).toEqual([
    '?$top=5&$select=id,mail',
    '?$top=7&$select=id,mail',
    '?$top=5&$select=id,mail',
  ]);
});
