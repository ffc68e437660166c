import { readFileSync } from 'node:fs';

import { request } from 'undici';

interface Parameters {
  readonly authority: string;
  readonly client_id: string;
  readonly secret: string;
  readonly scope: readonly string[];
  readonly endpoint: string;
}

/** Requests a token by the quickstart's `parameters.json`, whose path is the first argument. */
export async function signIn(): Promise<{ readonly first: string; readonly token: string }> {
  const file = process.argv[2] ?? '';
  const parameters = JSON.parse(readFileSync(file, 'utf8')) as Parameters;
  const { body } = await request(`${parameters.authority}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: parameters.client_id,
      client_secret: parameters.secret,
      scope: parameters.scope.join(' '),
    }).toString(),
  });
  const { access_token: token } = (await body.json()) as { readonly access_token: string };
  return { first: `${parameters.endpoint}?$top=999`, token };
}
