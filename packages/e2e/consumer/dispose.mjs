// usage: node dispose.mjs parameters.json ca.pem
// For Node 22, which does not have `await using`.
import { loadSettings, openDirectory } from '@rollcall/core';

const [config, ca] = process.argv.slice(2);
const directory = await openDirectory(
  await loadSettings({ flags: { config, ca }, environment: {} }),
);
try {
  let users = 0;
  for await (const user of directory.users.list({ select: ['id'] })) users += user.id ? 1 : 0;
  console.log(users);
} finally {
  await directory[Symbol.asyncDispose]();
}
