import { readFileSync } from 'node:fs';

import { ClientSecretCredential } from '@azure/identity';
import { Client, PageIterator, type PageCollection } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';

/**
 * The program that rollcall is compared with. It prints all users as NDJSON, with Microsoft's own libraries and in
 * pages of the same size as rollcall's.
 */
const parameters = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as {
  readonly authority: string;
  readonly client_id: string;
  readonly secret: string;
  readonly scope: string[];
};
const { origin, hostname, pathname } = new URL(parameters.authority);
const credential = new ClientSecretCredential(
  pathname.slice(1),
  parameters.client_id,
  parameters.secret,
  { authorityHost: origin, disableInstanceDiscovery: true },
);
const client = Client.initWithMiddleware({
  baseUrl: origin,
  customHosts: new Set([hostname]),
  authProvider: new TokenCredentialAuthenticationProvider(credential, {
    scopes: parameters.scope,
  }),
});

const first = (await client.api('/users').top(999).get()) as PageCollection;
// One write per page, not one per user, which is faster than the example of the SDK.
let lines: string[] = [];
const flush = () => {
  process.stdout.write(lines.join(''));
  lines = [];
};
const pages = new PageIterator(client, first, (user: unknown) => {
  lines.push(`${JSON.stringify(user)}\n`);
  if (lines.length === 999) flush();
  return true;
});
await pages.iterate();
flush();
