// usage: node token-credential.mjs parameters.json ca.pem
import { readFileSync } from 'node:fs';

import { ClientSecretCredential } from '@azure/identity';
import { openDirectory } from '@rollcall/core';

const [parameters, caFile] = process.argv.slice(2);
const given = JSON.parse(readFileSync(parameters, 'utf8'));
const { origin, pathname } = new URL(given.authority);
const tenant = pathname.slice(1);
const credential = new ClientSecretCredential(tenant, given.client_id, given.secret, {
  authorityHost: origin,
  disableInstanceDiscovery: true,
});
const graph = new URL('/v1.0', given.endpoint).href;
await using directory = await openDirectory({
  authority: given.authority,
  credential,
  graph,
  scope: given.scope,
  caFile,
});
let users = 0;
for await (const user of directory.users.list({ select: ['id'] })) users += user.id ? 1 : 0;
console.log(users);
