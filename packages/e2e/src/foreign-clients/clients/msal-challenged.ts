/**
 * A client that declares that it handles claims challenges, receives one, and requests another token.
 *
 * usage: msal-challenged.ts PARAMETERS.json
 */
import { ConfidentialClientApplication } from '@azure/msal-node';

import { readParameters } from './parameters.ts';
import { fetchUsers, printIds } from './print-ids.ts';

const [file = ''] = process.argv.slice(2);
const parameters = readParameters(file);
const application = new ConfidentialClientApplication({
  auth: {
    clientId: parameters.client_id,
    authority: parameters.authority,
    clientSecret: parameters.secret ?? '',
    clientCapabilities: ['cp1'],
    knownAuthorities: [new URL(parameters.authority).host],
  },
});
const scopes = parameters.scope;
const first = await application.acquireTokenByClientCredential({ scopes });
const refused = await fetch(parameters.endpoint, {
  headers: { authorization: `Bearer ${first?.accessToken}` },
});
const challenge = refused.headers.get('www-authenticate') ?? '';
const encoded = /error="insufficient_claims".*claims="([^"]+)"/u.exec(challenge)?.[1];
if (refused.status !== 401 || encoded === undefined) throw new Error('there was no challenge');
const claims = Buffer.from(encoded, 'base64').toString();
const second = await application.acquireTokenByClientCredential({ scopes, claims });
if (second?.accessToken === first?.accessToken) throw new Error('the token is the same as before');
printIds(await fetchUsers(parameters.endpoint, second?.accessToken ?? ''));
