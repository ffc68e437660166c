import { describe, expect, it } from 'vitest';

import { NetworkError } from '../../errors/network-error.ts';
import { createCredential } from '../create-credential.ts';
import {
  clientId as application,
  createFakePlatform,
  formOf,
  scopes,
} from '../testing/fake-platform.ts';

const noRoute = new NetworkError({ host: '169.254.169.254', port: 80 }, 'EHOSTUNREACH');

function open(environment: Record<string, string>, clientId = application) {
  const platform = createFakePlatform({ environment, clientId });
  const credential = createCredential({ kind: 'auto' }, platform.context);
  return { platform, request: () => credential.requestToken({ scopes }) };
}

describe('auto', () => {
  it('reports why each credential was skipped when none is found', async () => {
    const { platform, request } = open({ SYSTEM_ACCESSTOKEN: 'x' });
    platform.next(noRoute);
    await expect(request()).rejects.toMatchObject({
      code: 'E_CREDENTIAL',
      message: [
        'No credential found in the environment.',
        'client-secret: AZURE_CLIENT_SECRET not set.',
        'client-certificate: AZURE_CLIENT_CERTIFICATE_PATH not set.',
        'client-certificate, by value: AZURE_CLIENT_CERTIFICATE not set.',
        'federated, by file: AZURE_FEDERATED_TOKEN_FILE not set.',
        'federated, by GitHub Actions: ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN not set.',
        'federated, by Azure DevOps: SYSTEM_OIDCREQUESTURI and AZURESUBSCRIPTION_SERVICE_CONNECTION_ID not set.',
        'managed-identity: No managed identity is available: 169.254.169.254 did not respond within 1 second.',
      ].join(' '),
    });
  });

  it('uses the first credential that it finds and logs its name', async () => {
    const { platform, request } = open({
      AZURE_CLIENT_SECRET: 's',
      AZURE_FEDERATED_TOKEN_FILE: '/f',
    });
    await request();
    expect(formOf(platform.requests[0])['client_secret']).toBe('s');
    expect(platform.events).toEqual([
      { level: 'info', event: 'credential-chosen', fields: { credential: 'client-secret' } },
    ]);
  });

  it('does not use another credential when the identity platform rejects the first one', async () => {
    const { platform, request } = open({
      AZURE_CLIENT_SECRET: 's',
      AZURE_FEDERATED_TOKEN_FILE: '/f',
    });
    platform.next({ status: 401, body: { error: 'invalid_client' } });
    await expect(request()).rejects.toMatchObject({ code: 'E_TOKEN_REFUSED' });
    expect(platform.requests).toHaveLength(1);
  });

  it('tries the managed identity last and keeps using it', async () => {
    const { platform, request } = open({});
    await request();
    await request();
    expect(platform.requests.map(({ url }) => url.host)).toEqual(
      Array.from({ length: 3 }, () => '169.254.169.254'),
    );
  });

  it('uses the user-assigned identity of clientId, or the system-assigned identity without it', async () => {
    const userAssigned = open({});
    await userAssigned.request();
    expect(userAssigned.platform.requests[1]?.url.searchParams.get('client_id')).toBe(application);
    const systemAssigned = open({}, '');
    await systemAssigned.request();
    expect(systemAssigned.platform.requests[1]?.url.searchParams.has('client_id')).toBe(false);
  });

  it('skips credentials that require a clientId when it is not set', async () => {
    const { platform, request } = open({ AZURE_CLIENT_SECRET: 's' }, '');
    platform.next(noRoute);
    await expect(request()).rejects.toThrow('client-secret: clientId not set.');
  });

  it('seals tokens with the secret of the credential that it uses', async () => {
    const platform = createFakePlatform({ environment: { AZURE_CLIENT_SECRET: 's' } });
    const credential = createCredential({ kind: 'auto' }, platform.context);
    expect(await credential.sealingSecret?.()).toEqual(Buffer.from('s'));
    const identity = createCredential(
      { kind: 'auto' },
      createFakePlatform({ environment: {} }).context,
    );
    expect(await identity.sealingSecret?.()).toBeUndefined();
  });
});
