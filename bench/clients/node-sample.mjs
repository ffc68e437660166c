import { ConfidentialClientApplication } from '@azure/msal-node';
import axios from 'axios';

import { authority, parameters, writeUsers } from './parameters.mjs';

// The steps of Microsoft's Node daemon sample: MSAL Node for the token, axios for Graph. The sample reads one page; this
// program also follows the next links, with pages of 999.
const application = new ConfidentialClientApplication({
  auth: {
    clientId: parameters.client_id,
    authority: parameters.authority,
    clientSecret: parameters.secret,
    knownAuthorities: [authority.host],
  },
});
const { accessToken } = await application.acquireTokenByClientCredential({
  scopes: parameters.scope,
});
let link = `${parameters.endpoint}?$top=999`;
while (link !== undefined) {
  const { data } = await axios.get(link, { headers: { Authorization: `Bearer ${accessToken}` } });
  writeUsers(data.value);
  link = data['@odata.nextLink'];
}
