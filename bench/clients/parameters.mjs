import { readFileSync } from 'node:fs';

/** The settings of the quickstart's `parameters.json`, whose path is the first argument. */
export const parameters = JSON.parse(readFileSync(process.argv[2], 'utf8'));

/** The parts of the authority, for libraries that take them one by one. */
export const authority = new URL(parameters.authority);
export const tenant = authority.pathname.slice(1);

/** Writes users as NDJSON, one write per page. */
export function writeUsers(users) {
  if (users.length > 0)
    process.stdout.write(users.map((user) => `${JSON.stringify(user)}\n`).join(''));
}
