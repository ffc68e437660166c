// usage: node follow.mjs parameters.json ca.pem copy.json [--again] [--allow-mass-delete]
// Keeps a copy of the directory in a file and updates it, once per start.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

import { exitCodeOf, loadSettings, openDirectory } from '@rollcall/core';
import { applyRound, readRound } from '@rollcall/core/delta';

const [config, ca, file, ...flags] = process.argv.slice(2);
const allowMassDelete = flags.includes('--allow-mass-delete');
const select = [
  'displayName',
  'userPrincipalName',
  'mail',
  'jobTitle',
  'department',
  'accountEnabled',
];

await using directory = await openDirectory(
  await loadSettings({ flags: { config, ca }, environment: {} }),
);

const read = (from) => readRound(directory.users.changes(from, { select }));

/** Lists all users; the changes meanwhile are read afterwards. */
async function begin() {
  const { end: from } = await read('latest');
  const copy = new Map();
  for await (const user of directory.users.list({ select, pageSize: 50 })) copy.set(user.id, user);
  return { copy, from };
}

function load() {
  const { users, end } = JSON.parse(readFileSync(file, 'utf8'));
  return { copy: new Map(users.map((user) => [user.id, user])), from: end };
}

function save(copy, { end }) {
  writeFileSync(`${file}.new`, JSON.stringify({ users: [...copy.values()], end }));
  renameSync(`${file}.new`, file);
}

try {
  const { copy, from } = existsSync(file) ? load() : await begin();
  let round;
  try {
    round = await read(from);
  } catch (error) {
    if (error.code !== 'E_DELTA_RESET') throw error;
    round = await read();
  }
  let next = applyRound(copy, round, { allowMassDelete });
  if (flags.includes('--again')) {
    // A program that stops before it has stored the new link reads the same round again.
    next = applyRound(next, round, { allowMassDelete });
    next = applyRound(next, await read(from), { allowMassDelete });
  }
  save(next, round);
  const removed = [...round.changes.values()].map((change) => change.removed);
  console.log(
    JSON.stringify({
      first: round.first,
      users: next.size,
      told: removed.length,
      changed: removed.filter((reason) => reason === 'changed').length,
      deleted: removed.filter((reason) => reason === 'deleted').length,
      back: [...round.changes].filter(([id, { user }]) => user && !copy.has(id)).length,
    }),
  );
} catch (error) {
  console.error(JSON.stringify({ code: error.code, deleted: error.deleted, users: error.users }));
  process.exitCode = exitCodeOf(error);
}
