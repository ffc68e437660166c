import {
  appendFile,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { fakeRoot, type Turn } from '../testing/fake-graph.ts';
import { openFake, type FakeWorld } from '../testing/open-fake.ts';
import { type FormatName, formats } from '../sinks/formats.ts';
import { type FileListingOptions, listToFile } from './list-to-file.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
  path = join(folder, 'users.out');
});

afterEach(() => rm(folder, { recursive: true }));

const query = { pageSize: 10 };
const users = 95;
const killed = new Error('killed');

function run(
  world: FakeWorld,
  more: Partial<FileListingOptions> = {},
): ReturnType<typeof listToFile> {
  return listToFile(world.directory.users, query, { path, format: 'ndjson', ...more });
}

/** Stops after `pages` pages, like a kill: the files keep the content that they have then. */
async function stopAfter(
  pages: number,
  format: FormatName,
  world: FakeWorld,
  resume: boolean,
): Promise<void> {
  let seen = 0;
  const stopped = run(world, {
    format,
    resume,
    onPage() {
      seen += 1;
      if (seen === pages) throw killed;
    },
  });
  await expect(stopped).rejects.toBe(killed);
  const part = (await readdir(folder)).find((name) => name.endsWith('-part')) ?? '';
  // A page that was being written when the plug was pulled.
  await appendFile(join(folder, part), '{"half":');
}

describe.each(Object.keys(formats) as FormatName[])('as %s', (format) => {
  it('faults A8 row 85: resumes after a kill at any page with the bytes of an unbroken run', async () => {
    await run(await openFake({ users }), { format });
    const unbroken = await readFile(path, 'utf8');
    for (let pages = 1; pages <= 10; pages += 1) {
      await rm(path);
      const world = await openFake({ users });
      await stopAfter(pages, format, world, false);
      expect(await readdir(folder)).not.toContain('users.out');
      const receipt = await run(world, { format, resume: true });
      expect(await readFile(path, 'utf8')).toBe(unbroken);
      expect(receipt).toMatchObject({ complete: true, users, pages: 10, reconciled: true });
      expect(await readdir(folder)).toEqual(['users.out']);
    }
  });
});

it('goes on within one page: of what was kept, nothing is requested again', async () => {
  const world = await openFake({ users });
  await stopAfter(4, 'ndjson', world, false);
  await stopAfter(3, 'ndjson', world, true);
  await run(world, { resume: true });
  // Ten pages, and the page that was requested ahead at each interruption.
  expect(world.graph.pageRequests()).toHaveLength(12);
  expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(users);
});

it('faults A1 row 7: a listing that gave up because of throttling continues with resume', async () => {
  let nth = 0;
  const intervene = ({ url }: { url: URL }): Turn => {
    if (url.pathname.endsWith('$count')) return undefined;
    nth += 1;
    return nth > 5 && nth <= 13 ? { status: 429, headers: { 'retry-after': '1' } } : undefined;
  };
  const world = await openFake({ users, intervene });
  await expect(run(world)).rejects.toMatchObject({ code: 'E_THROTTLED', attempts: 8 });
  expect(await readdir(folder)).not.toContain('users.out');
  expect(await run(world, { resume: true })).toMatchObject({ complete: true, users });
});

it('faults A1 row 6: a Retry-After without end stops at once, with the place kept', async () => {
  const world = await openFake({
    users,
    intervene: ({ url }, nth) =>
      nth === 4 && !url.pathname.endsWith('$count')
        ? { status: 429, headers: { 'retry-after': '9999999999' } }
        : undefined,
  });
  await expect(run(world)).rejects.toMatchObject({ code: 'E_THROTTLED', category: 'service' });
  expect(world.clock.sleeps).toEqual([]);
  expect(await run(world, { resume: true })).toMatchObject({ complete: true, users });
});

it('refuses to resume with another query, format or set of columns', async () => {
  const world = await openFake({ users });
  await stopAfter(2, 'csv', world, false);
  const resume = true;
  const code = 'E_RESUME';
  await expect(run(world, { resume, format: 'json' })).rejects.toMatchObject({ code });
  await expect(
    run(world, { resume, format: 'csv', sink: { columns: ['id'] } }),
  ).rejects.toMatchObject({ code });
  await expect(
    listToFile(world.directory.users, { pageSize: 11 }, { path, format: 'csv', resume }),
  ).rejects.toMatchObject({ code });
  expect(await run(world, { resume, format: 'csv' })).toMatchObject({ complete: true });
});

async function tamper(change: (checkpoint: Record<string, unknown>) => void): Promise<void> {
  const file = join(folder, '.users.out.rollcall-checkpoint');
  const checkpoint = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  change(checkpoint);
  await writeFile(file, JSON.stringify(checkpoint));
}

it.each([
  'https://hostile.example/v1.0/users?$skiptoken=s20',
  'https://graph.example:x@hostile.example/v1.0/users',
  'http://graph.example/v1.0/users',
  'https://graph.example/v1.0/groups',
])(
  'faults A4 row 34: a checkpoint with the link %s is refused, and nothing is sent',
  async (link) => {
    const world = await openFake({ users });
    await stopAfter(2, 'ndjson', world, false);
    await tamper((checkpoint) => Object.assign(checkpoint, { chains: [{ state: 'open', link }] }));
    const before = world.graph.requests.length;
    await expect(run(world, { resume: true })).rejects.toMatchObject({ code: 'E_FOREIGN_LINK' });
    expect(world.graph.requests).toHaveLength(before);
  },
);

it('refuses a checkpoint of version 1, and says to start again', async () => {
  const world = await openFake({ users });
  await stopAfter(2, 'ndjson', world, false);
  await tamper((checkpoint) => Object.assign(checkpoint, { version: 1, link: null }));
  await expect(run(world, { resume: true })).rejects.toMatchObject({
    code: 'E_RESUME',
    message: 'The listing cannot be resumed: its checkpoint was written by an older version.',
    remedy: { code: 'resume-older-version' },
  });
});

it.each([
  ['no chain', []],
  ['two chains', [{ state: 'finished' }, { state: 'finished' }]],
  ['a chain without a link', [{ state: 'open' }]],
  ['a chain in an unknown state', [{ state: 'paused' }]],
  ['a text', 'finished'],
])('refuses a checkpoint with %s', async (_, chains) => {
  const world = await openFake({ users });
  await stopAfter(2, 'ndjson', world, false);
  await tamper((checkpoint) => Object.assign(checkpoint, { chains }));
  const before = world.graph.requests.length;
  await expect(run(world, { resume: true })).rejects.toMatchObject({ code: 'E_RESUME' });
  expect(world.graph.requests).toHaveLength(before);
});

it('refuses a damaged checkpoint, and files that are not what it says', async () => {
  const world = await openFake({ users });
  await stopAfter(2, 'ndjson', world, false);
  await tamper((checkpoint) => Object.assign(checkpoint, { sizes: { output: 1e9, ids: 0 } }));
  await expect(run(world, { resume: true })).rejects.toMatchObject({ code: 'E_RESUME' });
  await tamper((checkpoint) => Object.assign(checkpoint, { sizes: { output: -1, ids: 0 } }));
  await expect(run(world, { resume: true })).rejects.toMatchObject({ code: 'E_RESUME' });
  await writeFile(join(folder, '.users.out.rollcall-checkpoint'), '{"version":');
  await expect(run(world, { resume: true })).rejects.toMatchObject({ code: 'E_RESUME' });
});

it('faults A8 row 87: replaces nothing unless forced, and never what a link points to', async () => {
  const world = await openFake({ users });
  const precious = join(folder, 'precious');
  await writeFile(precious, 'mine');
  await symlink(precious, path);
  await expect(run(world)).rejects.toMatchObject({ code: 'E_OUTPUT', reason: 'EEXIST' });
  expect(world.graph.requests).toHaveLength(0);
  await run(world, { force: true });
  expect(await readFile(precious, 'utf8')).toBe('mine');
  const made = await stat(path);
  expect(made.isFile()).toBe(true);
  expect(made.mode & 0o777).toBe(0o600);
  await expect(run(world, { path: join(folder, 'missing', 'file') })).rejects.toMatchObject({
    code: 'E_OUTPUT',
    reason: 'ENOENT',
  });
});

it('faults A8 row 84: an abort stops at a page, keeps the place and names no file', async () => {
  const controller = new AbortController();
  const world = await openFake({ users });
  const stopped = run(world, {
    signal: controller.signal,
    onPage: (_page, receipt) => {
      if (receipt.pages === 3) controller.abort(killed);
    },
  });
  await expect(stopped).rejects.toBe(killed);
  expect(world.graph.pageRequests().length).toBeLessThanOrEqual(4);
  expect(await readdir(folder)).toEqual([
    '.users.out.rollcall-checkpoint',
    '.users.out.rollcall-ids',
    '.users.out.rollcall-part',
  ]);
});

it('gives the file no name when the receipt is not accepted', async () => {
  const world = await openFake({ users });
  const strict = new Error('not reconciled');
  const refused = run(world, {
    accept() {
      throw strict;
    },
  });
  await expect(refused).rejects.toBe(strict);
  expect(await readdir(folder)).not.toContain('users.out');
});

it('drops whom it had given when it has to begin again after a resume', async () => {
  const world = await openFake({
    users,
    intervene: ({ url }, nth) =>
      nth > 4 && nth <= 6 && url.searchParams.has('$skiptoken')
        ? { status: 400, body: { error: { code: 'Directory_ExpiredPageToken' } } }
        : undefined,
  });
  await stopAfter(3, 'ndjson', world, false);
  const receipt = await run(world, { resume: true });
  expect(receipt).toMatchObject({ complete: true, users, reconciled: true, duplicates: 30 });
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  expect(new Set(lines).size).toBe(users);
  expect(lines).toHaveLength(users);
  expect(world.graph.requests.every(({ url }) => url.origin === fakeRoot.origin)).toBe(true);
});

it('says that it starts over where an earlier run had left its place', async () => {
  const world = await openFake({ users });
  await stopAfter(3, 'ndjson', world, false);
  let said = 0;
  const receipt = await run(world, { onStartOver: () => (said += 1) });
  expect([said, receipt.pages]).toEqual([1, 10]);
  await run(world, { force: true, onStartOver: () => (said += 1) });
  expect(said).toBe(1);
});
