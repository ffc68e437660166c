import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { readUsersFile } from './read-users-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'users-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, text: string) {
  const path = join(folder, name);
  await writeFile(path, text);
  return readUsersFile(path);
}

const ada = { displayName: 'Ada', businessPhones: ['1', '2'], accountEnabled: true };

test.each([
  ['a.csv', 'displayName,businessPhones,accountEnabled,mail\r\nAda,1; 2,true,\r\n'],
  ['bom.csv', '\uFEFFDISPLAYNAME,businessphones,AccountEnabled\nAda,1;2,TRUE\n'],
  ['a.tsv', 'displayName\tbusinessPhones\taccountEnabled\nAda\t1; 2\ttrue\n'],
  ['a.json', JSON.stringify([ada])],
  ['graph.json', JSON.stringify({ '@odata.context': 'x', value: [ada] }, null, 2)],
  ['one-line.json', JSON.stringify({ value: [ada] })],
  ['a.ndjson', `${JSON.stringify(ada)}\n`],
  ['gateway.ndjson', `${JSON.stringify(ada)}\n{"@complete":true,"count":1}\n`],
])('%s contains the users', async (name, text) => {
  expect(await read(name, text)).toEqual([ada]);
});

test('cells of an export are read back: members, lists of objects, protected cells, quotes', async () => {
  const text = [
    'displayName,signInActivity.lastSignInDateTime,assignedLicenses,faxNumber,manager.displayName',
    `"O'Brien, ""Ada""",2026-01-01T00:00:00Z,"[{""skuId"":""x""}]",'=1+1,Grace`,
  ].join('\n');
  expect(await read('export.csv', text)).toEqual([
    {
      displayName: 'O\'Brien, "Ada"',
      signInActivity: { lastSignInDateTime: '2026-01-01T00:00:00Z' },
      assignedLicenses: [{ skuId: 'x' }],
      faxNumber: '=1+1',
    },
  ]);
});

test.each([
  ['unknown.csv', 'displayName,shoeSize\nAda,42\n', 'row 2: a user has no property "shoeSize"'],
  [
    'twice.csv',
    'id\n00000000-0000-4000-8000-000000000001\n00000000-0000-4000-8000-000000000001\n',
    'row 3: id',
  ],
  ['ragged.csv', 'displayName,mail\nAda\n', 'ragged.csv'],
  ['broken.json', '[{"displayName":', 'broken.json'],
  ['number.json', '[1]', 'user 1: expected an object'],
])('%s is refused with its place', async (name, text, message) => {
  await expect(read(name, text)).rejects.toThrow(message);
});

test('a file that does not exist is named', async () => {
  await expect(readUsersFile(join(folder, 'none.csv'))).rejects.toThrow(/none\.csv: ENOENT/u);
});
