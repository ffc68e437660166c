import { decodeJwt, type JWTPayload } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';

import { createFederatedIssuer } from './federated-issuer.ts';
import {
  call,
  graphScope,
  identityUnderTest,
  json,
  tokenPath,
} from '../testing/identity-under-test.ts';

type Entra = Awaited<ReturnType<typeof identityUnderTest>>;
let entra: Entra;
let naming: Entra;
beforeAll(async () => {
  entra = await identityUnderTest();
  naming = await identityUnderTest({ namesField: true });
});

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

function present(client_assertion: string, to: Entra = entra) {
  return to.handle(
    call('POST', tokenPath, {
      grant_type: 'client_credentials',
      client_id: to.federatedClientId,
      scope: graphScope,
      client_assertion_type: assertionType,
      client_assertion,
    }),
  );
}

describe('a federated assertion', () => {
  it('is accepted when issuer, subject, audience and signature are right', async () => {
    const answer = await present(await entra.platform.assertion());
    expect(answer.status).toBe(200);
    expect(entra.described).toMatchObject({ credential: 'federated' });
    expect(decodeJwt(String(json(answer)['access_token']))).toMatchObject({
      appid: entra.federatedClientId,
      appidacr: '2',
    });
  });

  it.each<[string, number, JWTPayload]>([
    ['issuer with a slash more', 700211, { iss: 'https://oidc.sandbox.example/cluster/' }],
    ['subject of other case', 700213, { sub: 'system:serviceaccount:Rollcall:daemon' }],
    ['audience', 700212, { aud: 'https://graph.microsoft.com' }],
  ])('of another %s is refused: 70021, or %i if fields are named', async (_, code, changes) => {
    const refused = await present(await entra.platform.assertion(changes));
    expect(json(refused)).toMatchObject({ error: 'invalid_request', error_codes: [70021] });
    const named = await present(await naming.platform.assertion(changes), naming);
    expect(json(named)).toMatchObject({ error_codes: [code] });
  });

  it('is refused when it has expired', async () => {
    const exp = entra.time.now / 1_000 - 301;
    const answer = await present(await entra.platform.assertion({ exp }));
    expect(json(answer)).toMatchObject({ error_codes: [700024] });
  });

  it('is refused when another issuer with the same names signed it', async () => {
    const otherIssuer = createFederatedIssuer(entra.platform, () => entra.time.now);
    const answer = await present(await otherIssuer.assertion());
    expect(answer.status).toBe(401);
    expect(json(answer)).toMatchObject({ error_codes: [700027] });
  });
});
