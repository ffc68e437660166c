import { chmod, chown, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  createTemporaryFolder,
  type TemporaryFolder,
} from '../credential/testing/temporary-folder.ts';
import { systemClock } from '../system-clock.ts';
import { createAccessToken } from '../credential/token-response/parse-token-response.ts';
import { createFileStore, defaultCachePath } from './file-store.ts';
import { createSharedTokenProvider } from '../token/shared-token-provider.ts';
import { killHolder, runWorker } from './testing/workers.ts';

let folder: TemporaryFolder;
let path: string;
beforeEach(async () => {
  folder = await createTemporaryFolder();
  path = join(folder.path, 'cache', 'tokens.db');
});
afterEach(() => folder[Symbol.asyncDispose]());

function open(events: string[] = []) {
  return createFileStore(path, {
    clock: systemClock,
    log: (event) => {
      if (event !== 'token-cache-read-failed') events.push(event);
    },
  });
}

const later = () => Date.now() + 60_000;

/** Text that would do harm in a statement that it became a part of, or match more than itself. */
const hostile = [
  "O'Brien",
  "'; drop table tokens; --",
  "' or '1'='1",
  '" or ""="',
  '%_\\',
  '%',
  '_',
  '?1',
  ':key',
  '/* */ --',
  '',
  'a\u0000b',
  'a',
  '王小明 \u2019',
] as const;

describe('file token store', () => {
  it('gives back what was written, to others too', async () => {
    expect(await open().read('k')).toBeUndefined();
    await open().exclusively('k', (held) => held.write('k', Buffer.from([1, 2]), later()));
    expect(await open().read('k')).toEqual(new Uint8Array([1, 2]));
    expect(await open().read('other')).toBeUndefined();
  });

  it('faults A5 row 60: only its owner may read file and folder', async () => {
    await open().exclusively('k', (held) => held.write('k', Buffer.from([1]), later()));
    expect((await stat(path)).mode % 0o1000).toBe(0o600);
    expect((await stat(join(folder.path, 'cache'))).mode % 0o1000).toBe(0o700);
  });

  it('keeps nothing of work that failed', async () => {
    const store = open();
    const failing = store.exclusively('k', async (held) => {
      await held.write('k', Buffer.from([1]), later());
      throw new Error('no luck');
    });
    await expect(failing).rejects.toThrow('no luck');
    expect(await store.read('k')).toBeUndefined();
  });

  it('drops what has ended when it writes', async () => {
    const store = open();
    await store.exclusively('k', (held) => held.write('old', Buffer.from([1]), Date.now() - 1));
    await store.exclusively('k', (held) => held.write('new', Buffer.from([2]), later()));
    expect(await store.read('old')).toBeUndefined();
  });

  it('faults A5 row 60: a corrupt cache is put aside, and the work goes on', async () => {
    await open().exclusively('k', (held) => held.write('k', Buffer.from([1]), later()));
    await writeFile(path, 'this is not a database, '.repeat(400));
    const events: string[] = [];
    const store = open(events);
    expect(await store.read('k')).toBeUndefined();
    await store.exclusively('k', (held) => held.write('k', Buffer.from([2]), later()));
    expect(await store.read('k')).toEqual(new Uint8Array([2]));
    expect(events).toEqual(['token-cache-corrupt']);
    expect(await readFile(`${path}.corrupt`, 'utf8')).toContain('this is not a database');
  });

  it('faults A5 row 60: a lock left by kill -9 is free at once, and half a write is none', async () => {
    await open().exclusively('k', (held) => held.write('k', Buffer.from('whole'), later()));
    await killHolder('file', path, 'k');
    const before = performance.now();
    const found = await open().exclusively('k', (held) => held.read('k'));
    expect(performance.now() - before).toBeLessThan(1000);
    expect(Buffer.from(found ?? []).toString()).toBe('whole');
    expect(
      (await readdir(join(folder.path, 'cache'))).filter((name) => name.endsWith('.corrupt')),
    ).toEqual([]);
  });

  it('faults A5 row 60: processes started together make one post', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () => runWorker('file', path, 'k', 'run')),
    );
    expect(outcomes.filter((each) => each === 'post')).toHaveLength(1);
    expect(outcomes.filter((each) => each === 'hit')).toHaveLength(11);
  }, 60_000);

  it('faults A9 row 91: the content of a key is treated as data', async () => {
    const store = open();
    for (const key of hostile)
      await store.exclusively(key, (held) => held.write(key, Buffer.from(key), later()));
    const read = await Promise.all(hostile.map((key) => store.read(key)));
    expect(read.map((sealed) => Buffer.from(sealed ?? []).toString())).toEqual(hostile);
    expect(await store.read("x' or '1'='1")).toBeUndefined();
    expect(await store.read('__')).toBeUndefined();
  });

  it('faults A9 row 91: tenants, applications and scopes of any spelling have a token of their own', async () => {
    let posts = 0;
    const events: string[] = [];
    const ask = (tenant: string, clientId: string, scope: string) =>
      createSharedTokenProvider(
        {
          kind: 'client-secret',
          sealingSecret: async () => Buffer.from('proof'),
          async requestToken() {
            posts += 1;
            return createAccessToken(
              `${tenant}|${clientId}|${scope}`,
              3600,
              undefined,
              systemClock,
            );
          },
        },
        open(events),
        { authority: new URL('https://login.example/'), tenant, clientId },
        { clock: systemClock, log: (event) => void events.push(event) },
      ).requestToken({ scopes: [scope] });
    const owners = hostile.flatMap((text): (readonly [string, string, string])[] => [
      [text, 'c', 's'],
      ['t', text, 's'],
      ['t', 'c', text],
    ]);
    for (const owner of [...owners, ...owners])
      expect((await ask(...owner)).token.reveal()).toBe(owner.join('|'));
    expect(posts).toBe(owners.length);
    expect(events).toEqual([]);
  });

  it('faults A9 row 91: no spelling of an application leads out of the cache folder', () => {
    const authority = new URL('https://login.example/');
    for (const text of [...hostile, '../../etc/passwd', '/etc/passwd', 'a/../../b'])
      expect(
        defaultCachePath({ authority, tenant: text, clientId: text }, { XDG_CACHE_HOME: '/cache' }),
      ).toMatch(/^\/cache\/rollcall\/tokens-[0-9a-f]{16}\.db$/u);
  });

  it('has a place of its own for every application', () => {
    const owner = { authority: new URL('https://a.example/'), tenant: 't', clientId: 'c' };
    const environment = { XDG_CACHE_HOME: '/cache' };
    const first = defaultCachePath(owner, environment);
    expect(first).toMatch(/^\/cache\/rollcall\/tokens-[0-9a-f]{16}\.db$/u);
    expect(defaultCachePath({ ...owner, clientId: 'd' }, environment)).not.toBe(first);
  });
});

describe.skipIf(process.platform === 'win32')('what is not a file of this user is not used', () => {
  beforeEach(() => mkdir(dirname(path), { mode: 0o700 }));

  it('a symbolic link is not followed, and its target keeps mode and content', async () => {
    const target = join(folder.path, 'target');
    await writeFile(target, 'precious', { mode: 0o644 });
    await symlink(target, path);
    const store = open();
    await expect(store.exclusively('a', async () => 1)).rejects.toThrow('is a symbolic link');
    expect(await readFile(target, 'utf8')).toBe('precious');
    expect((await stat(target)).mode & 0o777).toBe(0o644);
  });

  it('a dangling link creates no file', async () => {
    await symlink(join(folder.path, 'elsewhere'), path);
    const store = open();
    await expect(store.exclusively('a', async () => 1)).rejects.toThrow('is a symbolic link');
    expect(await readdir(dirname(path))).toEqual(['tokens.db']);
  });

  it('a folder that every user can change is not used', async () => {
    await chmod(dirname(path), 0o777);
    const store = open();
    await expect(store.exclusively('a', async () => 1)).rejects.toThrow('every user');
    expect(await readdir(dirname(path))).toEqual([]);
  });

  it.runIf(process.getuid?.() === 0)('a file of another user is not used', async () => {
    await writeFile(path, '', { mode: 0o600 });
    await chown(path, 4711, 4711);
    const store = open();
    await expect(store.exclusively('a', async () => 1)).rejects.toThrow('belongs to another user');
  });

  it('a folder in its place is not used', async () => {
    await mkdir(path);
    const store = open();
    await expect(store.exclusively('a', async () => 1)).rejects.toThrow();
  });
});
