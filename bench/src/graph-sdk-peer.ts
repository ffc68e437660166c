import { readFileSync } from 'node:fs';

import { ClientSecretCredential } from '@azure/identity';
import { Client, PageIterator, type PageCollection } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';

/**
 * The peer: everybody as NDJSON on standard output, the way Microsoft's own libraries do it, in pages as large as ours.
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
// One write a page, not one a user: the kinder reading of the SDK's own example.
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
