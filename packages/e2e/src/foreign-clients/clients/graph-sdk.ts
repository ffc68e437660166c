import { ClientSecretCredential } from '@azure/identity';
import { Client, PageIterator, type PageCollection } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';

import { readParameters } from './parameters.ts';
import { printIds } from './print-ids.ts';

const [file = '', top = ''] = process.argv.slice(2);
const parameters = readParameters(file);
const { origin, pathname, hostname } = new URL(parameters.authority);

const credential = new ClientSecretCredential(
  pathname.slice(1),
  parameters.client_id,
  parameters.secret ?? '',
  { authorityHost: origin, disableInstanceDiscovery: true },
);
const client = Client.initWithMiddleware({
  baseUrl: origin,
  // The SDK sends its token only to the hosts of Graph and to these. They are host names without a port.
  customHosts: new Set([hostname]),
  authProvider: new TokenCredentialAuthenticationProvider(credential, {
    scopes: parameters.scope,
  }),
});

const users: { readonly id: string }[] = [];
const request = client.api('/users').select('id');
const first = (await (top === '' ? request : request.top(Number(top))).get()) as PageCollection;
const pages = new PageIterator(client, first, (user: { readonly id: string }) => {
  users.push(user);
  return true;
});
await pages.iterate();
if (!pages.isComplete()) throw new Error('the iterator stopped before the end');
printIds(users);
