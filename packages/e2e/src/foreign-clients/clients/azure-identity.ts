import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { ClientCertificateCredential, ClientSecretCredential } from '@azure/identity';

import { readParameters } from './parameters.ts';
import { fetchUsers, printIds } from './print-ids.ts';

const [file = ''] = process.argv.slice(2);
const parameters = readParameters(file);
const { origin, pathname } = new URL(parameters.authority);
const tenant = pathname.slice(1);
const at = { authorityHost: origin, disableInstanceDiscovery: true };

function certificateCredential(): ClientCertificateCredential {
  const [certificate, key] = ['client.crt', 'client.key'].map((name) =>
    readFileSync(join(dirname(file), name), 'utf8'),
  );
  const pem = { certificate: `${certificate}${key}` };
  return new ClientCertificateCredential(tenant, parameters.client_id, pem, at);
}

const credential =
  parameters.secret === undefined
    ? certificateCredential()
    : new ClientSecretCredential(tenant, parameters.client_id, parameters.secret, at);
const { token } = await credential.getToken(parameters.scope);
printIds(await fetchUsers(parameters.endpoint, token));
