import { ClientSecretCredential } from '@azure/identity';
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure';
import { createGraphServiceClient, GraphRequestAdapter } from '@microsoft/msgraph-sdk';
import { PageIterator } from '@microsoft/msgraph-sdk-core';
import { createUserCollectionResponseFromDiscriminatorValue } from '@microsoft/msgraph-sdk/models/index.js';
import { createODataErrorFromDiscriminatorValue } from '@microsoft/msgraph-sdk/models/oDataErrors/index.js';
import '@microsoft/msgraph-sdk-users';

import { authority, parameters, tenant, writeUsers } from './parameters.mjs';

// Microsoft's generated client of Graph (kiota) with its PageIterator.
const credential = new ClientSecretCredential(tenant, parameters.client_id, parameters.secret, {
  authorityHost: authority.origin,
  disableInstanceDiscovery: true,
});
const adapter = new GraphRequestAdapter(
  new AzureIdentityAuthenticationProvider(
    credential,
    parameters.scope,
    undefined,
    new Set([authority.hostname]),
  ),
);
adapter.baseUrl = `${authority.origin}/v1.0`;
const client = createGraphServiceClient(adapter);

const first = await client.users.get({ queryParameters: { top: 999 } });
let users = [];
const pages = new PageIterator(
  adapter,
  first,
  (user) => {
    users.push(user);
    if (users.length === 999) {
      writeUsers(users);
      users = [];
    }
    return true;
  },
  createUserCollectionResponseFromDiscriminatorValue,
  { XXX: createODataErrorFromDiscriminatorValue },
);
await pages.iterate();
writeUsers(users);
