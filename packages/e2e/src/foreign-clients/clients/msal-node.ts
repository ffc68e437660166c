import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { ConfidentialClientApplication, type NodeAuthOptions } from '@azure/msal-node';

import { readParameters } from './parameters.ts';
import { fetchUsers, printIds } from './print-ids.ts';

const [file = '', credentialName = '', discovery = ''] = process.argv.slice(2);
const parameters = readParameters(file);
const folder = dirname(file);

function keyOf(): string {
  return readFileSync(join(folder, 'client.key'), 'utf8');
}

/** The credentials of MSAL Node for an application without a user. */
const credentials: Readonly<Record<string, () => Partial<NodeAuthOptions>>> = {
  secret: () => ({ clientSecret: parameters.secret ?? '' }),
  sha1: () => ({
    clientCertificate: { thumbprint: parameters.thumbprint ?? '', privateKey: keyOf() },
  }),
  sha256: () => {
    const certificate = readFileSync(join(folder, 'client.crt'), 'utf8');
    return {
      clientCertificate: {
        thumbprintSha256: new X509Certificate(certificate).fingerprint256.replaceAll(':', ''),
        privateKey: keyOf(),
        x5c: certificate,
      },
    };
  },
};

/** MSAL asks login.microsoftonline.com about an unknown host, unless it gets one of these options. */
const discoveries: Readonly<Record<string, () => Promise<Partial<NodeAuthOptions>>>> = {
  known: async () => ({ knownAuthorities: [new URL(parameters.authority).host] }),
  own: async () => {
    const url = new URL('/common/discovery/instance', parameters.authority);
    url.searchParams.set('api-version', '1.1');
    url.searchParams.set('authorization_endpoint', `${parameters.authority}/oauth2/v2.0/authorize`);
    return { cloudDiscoveryMetadata: await (await fetch(url)).text() };
  },
};

const application = new ConfidentialClientApplication({
  auth: {
    clientId: parameters.client_id,
    authority: parameters.authority,
    ...(await discoveries[discovery]?.()),
    ...credentials[credentialName]?.(),
  },
});
const result = await application.acquireTokenByClientCredential({ scopes: parameters.scope });
printIds(await fetchUsers(parameters.endpoint, result?.accessToken ?? ''));
