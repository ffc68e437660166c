// usage: node follow.mjs parameters.json ca.pem copy.json [--again] [--allow-mass-delete]
// Keeps a copy of the directory in a file and brings it up to date, once each time that it is started.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

import { applyRound, exitCodeOf, loadSettings, openDirectory } from '@rollcall/core';

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

/** Lists everybody, and reads afterwards what changed meanwhile. */
async function begin() {
  const from = await directory.users.round('latest', { select });
  const copy = new Map();
  for await (const user of directory.users.list({ select, pageSize: 50 })) copy.set(user.id, user);
  return { copy, from };
}

function load() {
  const { users, deltaLink, readAt } = JSON.parse(readFileSync(file, 'utf8'));
  const copy = new Map(users.map((user) => [user.id, user]));
  return { copy, from: { deltaLink: new URL(deltaLink), readAt: new Date(readAt) } };
}

function save(copy, { deltaLink, readAt }) {
  writeFileSync(`${file}.new`, JSON.stringify({ users: [...copy.values()], deltaLink, readAt }));
  renameSync(`${file}.new`, file);
}

try {
  const { copy, from } = existsSync(file) ? load() : await begin();
  let round;
  try {
    round = await directory.users.round(from, { select });
  } catch (error) {
    if (error.code !== 'E_DELTA_RESET') throw error;
    round = await directory.users.round(undefined, { select });
  }
  let next = applyRound(copy, round, { allowMassDelete });
  if (flags.includes('--again')) {
    // Whoever was stopped before the new link was kept reads the same round again.
    next = applyRound(next, round, { allowMassDelete });
    next = applyRound(next, await directory.users.round(from, { select }), { allowMassDelete });
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
