import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ExportError } from '../errors/export-error.ts';
import { UnverifiedExportError } from '../errors/unverified-export-error.ts';
import { diffExports, type DiffOptions, type ExportFile } from './diff-exports.ts';
import {
  createExportFolder,
  type ExportFolder,
  idOf,
  type TestUser,
} from './testing/export-folder.ts';

let folder: ExportFolder;
beforeEach(async () => {
  folder = await createExportFolder();
});
afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

async function compare(older: ExportFile, newer: ExportFile, options?: DiffOptions) {
  await using diff = await diffExports(older, newer, options);
  const differences = [];
  for await (const each of diff.differences()) differences.push(each);
  return {
    counts: diff.counts,
    properties: diff.properties,
    uncompared: diff.uncompared,
    differences,
  };
}

/** Returns the differences as short texts. */
async function changesOf(older: ExportFile, newer: ExportFile, options?: DiffOptions) {
  const { differences } = await compare(older, newer, options);
  return differences.map((each) =>
    each.change === 'changed'
      ? `${each.change} ${each.id} ${Object.entries(each.changes)
          .map(
            ([name, value]) =>
              `${name}: ${JSON.stringify(value.old)} → ${JSON.stringify(value.new)}`,
          )
          .join(', ')}`
      : `${each.change} ${each.id}`,
  );
}

const ada = { id: idOf(1), displayName: 'Ada "the first", Lovelace', department: 'R&D' };
const bob = { id: idOf(2), displayName: '=cmd()', department: null };
const eva = { id: idOf(3), displayName: 'Eva\nÅkerblom', department: '' };
const formatNames = ['json', 'ndjson', 'csv', 'tsv'];

describe('differences', () => {
  it.each(formatNames.flatMap((old) => formatNames.map((current) => [old, current] as const)))(
    'between %s and %s are users that were added, removed or changed',
    async (old, current) => {
      const older = await folder.write(`old.${old}`, [ada, bob]);
      const newer = await folder.write(`new.${current}`, [{ ...bob, displayName: '=cmd(2)' }, eva]);
      expect(await changesOf(older, newer)).toEqual([
        `changed ${bob.id} displayName: "=cmd()" → "=cmd(2)"`,
        `added ${eva.id}`,
        `removed ${ada.id}`,
      ]);
    },
  );

  it.each(formatNames)(
    'of one export in %s and the same users in another order are none',
    async (name) => {
      const older = await folder.write('old.ndjson', [ada, bob, eva]);
      const newer = await folder.write(`new.${name}`, [eva, ada, bob]);
      const { counts, differences } = await compare(older, newer);
      expect(counts).toEqual({ added: 0, removed: 0, changed: 0, unchanged: 3 });
      expect(differences).toEqual([]);
    },
  );

  it('do not include the order of a list, and an absent value for null', async () => {
    const older = await folder.write('old.json', [
      { id: idOf(1), proxyAddresses: ['a@x', 'b@x'], mail: null, city: 'Ulm' },
      { id: idOf(2), proxyAddresses: ['a@x'], city: 'Ulm' },
    ]);
    const newer = await folder.write('new.json', [
      { id: idOf(1), proxyAddresses: ['b@x', 'a@x'], city: 'Ulm' },
      { id: idOf(2), proxyAddresses: ['a@x', 'c@x'], mail: 'm@x', city: 'Ulm' },
    ]);
    expect(await changesOf(older, newer)).toEqual([
      `changed ${idOf(2)} proxyAddresses: ["a@x"] → ["a@x","c@x"], mail: null → "m@x"`,
    ]);
  });

  it('include columns with a path, compared with nested JSON', async () => {
    const manager = { id: idOf(9), displayName: 'Max' };
    const sink = { columns: ['id', 'manager.displayName'] };
    const older = await folder.write('old.csv', [{ id: idOf(1), manager }], { sink });
    const newer = await folder.write('new.json', [
      { id: idOf(1), manager: { ...manager, displayName: 'Mia' } },
    ]);
    expect(await changesOf(older, newer)).toEqual([
      `changed ${idOf(1)} manager.displayName: "Max" → "Mia"`,
    ]);
  });

  it('are limited by only and ignore, in any case of the name', async () => {
    const older = await folder.write('old.csv', [ada]);
    const newer = await folder.write('new.csv', [{ ...ada, displayName: 'A', department: 'B' }]);
    expect(await changesOf(older, newer, { only: ['DISPLAYNAME'] })).toEqual([
      expect.stringMatching(/displayName: [^→]*→ "A"$/u),
    ]);
    expect(await changesOf(older, newer, { ignore: ['displayname', 'department'] })).toEqual([]);
  });

  it('leave out properties that only one export has, and name them', async () => {
    const older = await folder.write('old.csv', [ada]);
    const newer = await folder.write('new.json', [{ ...ada, mail: 'a@x', city: 'Ulm' }]);
    const { differences, uncompared, properties } = await compare(older, newer);
    expect({ differences, uncompared, properties }).toEqual({
      differences: [],
      uncompared: ['mail', 'city'],
      properties: ['displayName', 'department'],
    });
  });

  it('are those of every user across the chunks of a large file', async () => {
    const users: TestUser[] = Array.from({ length: 8_000 }, (_, nth) => ({
      id: idOf(nth),
      displayName: `Ünï"${'x'.repeat(nth % 200)}`,
      department: `${nth % 7}`,
    }));
    const changed = users
      .filter((_, nth) => nth % 1000 !== 0)
      .map(({ id, displayName, department }, nth) => ({
        id,
        displayName,
        department: nth % 997 === 0 ? 'new' : department,
      }));
    for (const name of formatNames) {
      const older = await folder.write(`old.${name}`, users);
      const newer = await folder.write(`new.${name}`, changed);
      const { counts } = await compare(older, newer);
      expect(counts).toEqual({ added: 0, removed: 8, changed: 9, unchanged: 7_983 });
    }
  });
});

describe('an export that is not verified', () => {
  const proofs = [
    ['incomplete', { complete: false }, 'not complete'],
    ['not reconciled', { reconciled: false }, "the tenant's own count differs"],
    ['not counted', { reconciled: null }, 'was not compared'],
    ['cut off by whole users', { users: 3 }, 'it has 2 users, but its receipt says 3'],
    ['of other users', { sha256: '0' }, 'not those of its receipt'],
  ] as const;

  it.each(proofs)('is rejected when it is %s, on either side', async (_, receipt, problem) => {
    const good = await folder.write('good.csv', [ada, bob]);
    const bad = await folder.write('bad.csv', [ada, bob], { receipt });
    for (const pair of [[good, bad] as const, [bad, good] as const]) {
      const failure = await compare(...pair).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(UnverifiedExportError);
      expect(failure).toMatchObject({ code: 'E_UNVERIFIED_EXPORT', category: 'integrity' });
      expect(String(failure)).toContain(problem);
    }
    expect((await compare(good, bad, { allowUnverified: true })).counts.unchanged).toBe(2);
  });

  it('is rejected without a receipt, and accepted with that of an NDJSON stream', async () => {
    const good = await folder.write('good.ndjson', [ada]);
    const line = JSON.stringify(ada);
    const bare = await folder.writeText('bare.ndjson', `${line}\n`);
    await expect(compare(good, bare)).rejects.toThrow('it has no receipt');
    const { receipt } = { receipt: `${good.path}.receipt.json` };
    expect((await compare(good, { ...bare, receipt })).counts.unchanged).toBe(1);
    const { readFile } = await import('node:fs/promises');
    const proof = await readFile(receipt, 'utf8');
    const trailer = `{"@complete":true,"reconciled":true,"count":1,"receipt":${proof}}`;
    const stream = await folder.writeText('stream.ndjson', `${line}\n${trailer}\n`);
    expect((await compare(good, stream)).counts.unchanged).toBe(1);
  });
});

describe('exports that do not belong together', () => {
  it.each([
    ['tenants', { tenant: 'fabrikam.com' }, 'the tenants fabrikam.com and contoso.com'],
    ['collections', { collection: 'directory/deletedItems' }, 'the collections'],
    ['filters', { query: { filter: 'accountEnabled eq true' } }, 'the filter'],
    ['limits', { query: { limit: 5 } }, 'the limit 5 and (none)'],
  ] as const)('are rejected: other %s', async (_, receipt, problem) => {
    const older = await folder.write('old.csv', [ada], { receipt });
    const newer = await folder.write('new.csv', [ada]);
    await expect(compare(older, newer)).rejects.toThrow(problem);
    await expect(compare(older, newer)).rejects.toBeInstanceOf(ExportError);
    expect((await compare(older, newer, { allowUnrelated: true })).counts.unchanged).toBe(1);
  });

  it('are rejected without receipts when they have no user in common', async () => {
    const older = await folder.writeText('old.csv', `id\r\n${idOf(1)}\r\n`);
    const newer = await folder.writeText('new.csv', `id\r\n${idOf(2)}\r\n`);
    await expect(compare(older, newer, { allowUnverified: true })).rejects.toThrow('in common');
  });
});

describe('a file that is not an export', () => {
  const id = idOf(1);
  it.each([
    ['empty', '', 'is empty'],
    ['a header without id', 'mail,city\r\na@x,Ulm\r\n', 'no column id'],
    ['an array without ids', '[{"mail":"a@x"}]', 'no property id'],
    ['an array that is cut off', `[{"id":"${id}"},{"id":"${id.replace('1', '2')}"}`, 'is cut off'],
    ['an array cut within a user', `[{"id":"${id}"},{"id":"00`, 'is cut off'],
    ['an array with a text', `[{"id":"${id}"},"x",{}]`, 'record 2 is not valid json'],
    ['a line that is cut off', `{"id":"${id}"}\n{"id":"0000`, 'record 2 is not valid ndjson'],
    ['a row with too few cells', `id,mail\r\n${id}\r\n`, 'record 1 is not valid csv'],
    ['an open quote', `id,mail\r\n${id},"a@x\r\n`, 'is cut off after record 0'],
    ['text after a quote', `id,mail\r\n${id},"a"b\r\n`, 'record 1 is not valid csv'],
    ['an ID that is not one', 'id\r\nada@contoso.com\r\n', 'without an object ID, at byte 4'],
    ['a repeated user', `id\r\n${id}\r\n${id}\r\n`, 'more than once'],
  ])('is rejected: %s', async (_, text, problem) => {
    const good = await folder.write('good.csv', [ada]);
    const bad = await folder.writeText('bad.csv', text);
    const failure = await compare(good, bad, { allowUnverified: true }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ExportError);
    expect(String(failure)).toContain(problem);
  });

  it('is rejected: a folder, a missing file, unknown properties, a damaged receipt', async () => {
    const good = await folder.write('good.csv', [ada]);
    const away = { path: `${good.path}.missing` };
    await expect(compare(good, away)).rejects.toThrow('cannot be read (ENOENT)');
    await expect(compare(good, { path: `${good.path}/..` })).rejects.toBeInstanceOf(ExportError);
    await expect(compare(good, good, { ignore: ['cty'] })).rejects.toThrow('has no property cty');
    const receipt = (await folder.writeText('receipt.json', '{"complete":1}')).path;
    await expect(compare(good, { ...good, receipt })).rejects.toThrow('is not a receipt');
  });

  it('can have a byte order mark, indentation, another delimiter and no last line break', async () => {
    const good = await folder.write('good.json', [ada]);
    const row = `${ada.id};"Ada ""the first"", Lovelace";R&D`;
    for (const text of [
      `\uFEFFid;displayName;department\r\n${row}`,
      JSON.stringify([ada], undefined, 2),
      JSON.stringify(ada),
    ]) {
      const other = await folder.writeText('other.csv', text);
      const { counts } = await compare(good, other, { allowUnverified: true });
      expect(counts).toEqual({ added: 0, removed: 0, changed: 0, unchanged: 1 });
    }
  });
});
