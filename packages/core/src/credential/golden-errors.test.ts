import { describe, expect, it } from 'vitest';

import { NetworkError } from '../errors/network-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { Secret } from '../secret.ts';
import { createCredential } from './create-credential.ts';
import {
  clientId,
  createFakePlatform,
  scopes,
  tenant,
  type Answer,
} from './testing/fake-platform.ts';
import { makeJwt } from './testing/federated-jwt.ts';
import { createTemporaryFolder } from './testing/temporary-folder.ts';

const login = { host: 'login.microsoftonline.com', port: 443 };
const secret = { kind: 'client-secret', secret: new Secret('s') };
const trailer = ' Trace ID: t-1 Correlation ID: c-1 Timestamp: 2026-11-22 09:03:41Z';

function refused(status: number, error: string, number: number, text: string): Answer {
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${number}: ${text}${trailer}`,
      error_codes: [number],
      trace_id: 't-1',
      correlation_id: 'c-1',
    },
  };
}

/** Real failures of the identity platform: its own words, from its error reference and from issues that quote it. */
const refusals: readonly (readonly [string, Answer])[] = [
  [
    'a secret ID pasted for its value',
    refused(
      401,
      'invalid_client',
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
    ),
  ],
  [
    'an expired secret',
    refused(
      401,
      'invalid_client',
      7000222,
      `The provided client secret keys for app '${clientId}' are expired.`,
    ),
  ],
  [
    'no credential in the request',
    refused(
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ),
  ],
  [
    'an unknown application',
    refused(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${clientId}' was not found in the directory 'Contoso'.`,
    ),
  ],
  [
    'an unknown tenant',
    refused(
      400,
      'invalid_request',
      90002,
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
    ),
  ],
  [
    'a scope without .default',
    refused(
      400,
      'invalid_scope',
      1002012,
      'The provided value for scope User.Read.All is not valid.',
    ),
  ],
  [
    'a scope that is nonsense',
    refused(
      400,
      'invalid_scope',
      70011,
      "The provided value for the input parameter 'scope' is not valid.",
    ),
  ],
  [
    'a resource of another cloud',
    refused(
      400,
      'invalid_resource',
      500011,
      'The resource principal named https://graph.microsoft.us was not found in the tenant named Contoso.',
    ),
  ],
  [
    'a certificate that is not registered',
    refused(
      401,
      'invalid_client',
      700027,
      'Client assertion contains an invalid signature. [Reason - The key was not found.]',
    ),
  ],
  [
    'an assertion outside its time',
    refused(401, 'invalid_client', 700024, 'Client assertion is not within its valid time range.'),
  ],
  [
    'a revoked certificate',
    refused(401, 'invalid_client', 7000214, 'Certificate has been revoked.'),
  ],
  [
    'no matching federated credential',
    refused(
      400,
      'invalid_request',
      70021,
      "No matching federated identity record found for presented assertion. Assertion Issuer: 'https://issuer.example/'.",
    ),
  ],
  [
    'a federated subject that differs',
    refused(
      401,
      'invalid_client',
      700213,
      "No matching federated identity record found for presented assertion subject 'repo:contoso/app:ref:refs/heads/main'.",
    ),
  ],
  [
    'a disabled application',
    refused(400, 'unauthorized_client', 7000112, `Application '${clientId}'(Sync) is disabled.`),
  ],
  [
    'conditional access',
    refused(400, 'invalid_grant', 53003, 'Access has been blocked by Conditional Access policies.'),
  ],
  [
    'a tenant of another cloud',
    refused(
      400,
      'invalid_request',
      90038,
      'Confidential client is not supported in cross cloud request.',
    ),
  ],
  ['an unknown AADSTS code', refused(400, 'invalid_grant', 9999999, 'Something new.')],
  ['throttling beyond patience', { status: 429, headers: { 'retry-after': '3600' } }],
  ['an outage', { status: 503, body: '<html>Service Unavailable</html>' }],
  [
    'a login page of a captive portal',
    { status: 302, headers: { location: 'https://portal.example/login?next=x' } },
  ],
  ['a proxy that forbids', { status: 403, body: '<html>Forbidden</html>' }],
  ['a success without a token', { body: {} }],
  [
    'a page in place of a token',
    { body: '<html>Welcome</html>', headers: { 'content-type': 'text/html' } },
  ],
  ['a host that does not exist', new NetworkError(login, 'ENOTFOUND')],
  ['a refused connection', new NetworkError(login, 'ECONNREFUSED')],
  ['an endpoint that hangs', new TimeoutError(login, 'total', 30_000)],
];

async function told(
  settings: Parameters<typeof createCredential>[0],
  answer?: Answer,
): Promise<unknown> {
  const platform = createFakePlatform();
  if (answer !== undefined) platform.answerAlways(answer);
  const credential = createCredential(settings, platform.context);
  const error = (await credential
    .requestToken({ scopes })
    .catch((caught: unknown) => caught)) as Error;
  return { name: error.name, ...(JSON.parse(JSON.stringify(error)) as object) };
}

describe('the text of the error for', () => {
  it.each(refusals)('%s', async (_, answer) => {
    expect(await told(secret, answer)).toMatchSnapshot();
  });

  it('an expired federated assertion', async () => {
    await using folder = await createTemporaryFolder();
    const file = await folder.write('assertion', makeJwt({ exp: 1 }));
    const text = JSON.stringify(await told({ kind: 'federated', file }));
    expect(text.replaceAll(folder.path, 'FOLDER')).toMatchSnapshot();
  });

  it('a key that other users can read', async () => {
    await using folder = await createTemporaryFolder();
    const secretFile = await folder.write('secret', 's', 0o644);
    const text = JSON.stringify(await told({ kind: 'client-secret', secretFile }));
    expect(text.replaceAll(folder.path, 'FOLDER')).toMatchSnapshot();
  });
});
