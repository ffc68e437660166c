import { ClientSecretCredential } from '@azure/identity';
import { Client, PageIterator } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';

import { authority, parameters, tenant, writeUsers } from './parameters.mjs';

// Microsoft's JavaScript client of Graph with its PageIterator, signed in by @azure/identity as its documentation shows.
const credential = new ClientSecretCredential(tenant, parameters.client_id, parameters.secret, {
  authorityHost: authority.origin,
  disableInstanceDiscovery: true,
});
const client = Client.initWithMiddleware({
  baseUrl: authority.origin,
  customHosts: new Set([authority.hostname]),
  authProvider: new TokenCredentialAuthenticationProvider(credential, {
    scopes: parameters.scope,
  }),
});

const first = await client.api('/users').top(999).get();
// One write per page, not one per user, which is faster than the example of the SDK.
let users = [];
const pages = new PageIterator(client, first, (user) => {
  users.push(user);
  if (users.length === 999) {
    writeUsers(users);
    users = [];
  }
  return true;
});
await pages.iterate();
writeUsers(users);
