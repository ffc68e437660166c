import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { countUsers } from './count-users.ts';

it('counts distinct IDs in NDJSON, pages and indented JSON, also across the pieces of a file', async () => {
  const ids = Array.from({ length: 30_000 }, () => crypto.randomUUID());
  const users = ids.map((id) => ({ id, displayName: 'Ada' }));
  const texts = [
    users.map((user) => `${JSON.stringify(user)}\n`).join(''),
    JSON.stringify({ value: users }),
    JSON.stringify(users, undefined, 2),
    JSON.stringify([...users, ...users]),
  ];
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-count-'));
  for (const text of texts) {
    await writeFile(join(folder, 'users'), text);
    expect(await countUsers(join(folder, 'users'))).toBe(ids.length);
  }
  await rm(folder, { recursive: true });
});
