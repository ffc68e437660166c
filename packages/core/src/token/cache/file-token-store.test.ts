import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  createTemporaryFolder,
  type TemporaryFolder,
} from '../../credential/testing/temporary-folder.ts';
import { systemClock } from '../../system-clock.ts';
import { createFileTokenStore, defaultCachePath } from './file-token-store.ts';
import { killHolder, runWorker } from './testing/workers.ts';

let folder: TemporaryFolder;
let path: string;
beforeEach(async () => {
  folder = await createTemporaryFolder();
  path = join(folder.path, 'cache', 'tokens.db');
});
afterEach(() => folder[Symbol.asyncDispose]());

function open(events: string[] = []) {
  return createFileTokenStore(path, {
    clock: systemClock,
    log: (level, event) => {
      if (level !== 'debug') events.push(event);
    },
  });
}

const later = () => Date.now() + 60_000;

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
    await writeFile(path, 'this is no database, '.repeat(400));
    const events: string[] = [];
    const store = open(events);
    expect(await store.read('k')).toBeUndefined();
    await store.exclusively('k', (held) => held.write('k', Buffer.from([2]), later()));
    expect(await store.read('k')).toEqual(new Uint8Array([2]));
    expect(events).toEqual(['token-cache-corrupt']);
    expect(await readFile(`${path}.corrupt`, 'utf8')).toContain('this is no database');
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

  it('has a place of its own for every application', () => {
    const owner = { authority: new URL('https://a.example/'), tenant: 't', clientId: 'c' };
    const environment = { XDG_CACHE_HOME: '/cache' };
    const first = defaultCachePath(owner, environment);
    expect(first).toMatch(/^\/cache\/rollcall\/tokens-[0-9a-f]{16}\.db$/u);
    expect(defaultCachePath({ ...owner, clientId: 'd' }, environment)).not.toBe(first);
  });
});
