import { describe, expect, it } from 'vitest';

import { NetworkError } from '../../errors/network-error.ts';
import { createCredential } from '../create-credential.ts';
import {
  clientId as application,
  createFakePlatform,
  formOf,
  scopes,
} from '../testing/fake-platform.ts';

const nowhere = new NetworkError({ host: '169.254.169.254', port: 80 }, 'EHOSTUNREACH');

function open(environment: Record<string, string>, clientId = application) {
  const platform = createFakePlatform({ environment, clientId });
  const credential = createCredential({ kind: 'auto' }, platform.context);
  return { platform, request: () => credential.requestToken({ scopes }) };
}

describe('auto', () => {
  it('says why each was skipped when there is none', async () => {
    const { platform, request } = open({ SYSTEM_ACCESSTOKEN: 'x' });
    platform.next(nowhere);
    await expect(request()).rejects.toMatchObject({
      code: 'E_CREDENTIAL',
      message: [
        'The environment offers no credential.',
        'client-secret: AZURE_CLIENT_SECRET not set.',
        'client-certificate: AZURE_CLIENT_CERTIFICATE_PATH not set.',
        'client-certificate, by value: AZURE_CLIENT_CERTIFICATE not set.',
        'federated, by file: AZURE_FEDERATED_TOKEN_FILE not set.',
        'federated, by GitHub Actions: ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN not set.',
        'federated, by Azure DevOps: SYSTEM_OIDCREQUESTURI and AZURESUBSCRIPTION_SERVICE_CONNECTION_ID not set.',
        'managed-identity: There is no managed identity here: nothing answers at 169.254.169.254 within a second.',
      ].join(' '),
    });
  });

  it('takes the first that is offered, and says which and why not the others', async () => {
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

  it('does not become somebody else when the service declines', async () => {
    const { platform, request } = open({
      AZURE_CLIENT_SECRET: 's',
      AZURE_FEDERATED_TOKEN_FILE: '/f',
    });
    platform.next({ status: 401, body: { error: 'invalid_client' } });
    await expect(request()).rejects.toMatchObject({ code: 'E_TOKEN_REFUSED' });
    expect(platform.requests).toHaveLength(1);
  });

  it('comes to the managed identity last, and stays with it', async () => {
    const { platform, request } = open({});
    await request();
    await request();
    expect(platform.requests.map(({ url }) => url.host)).toEqual(
      Array.from({ length: 3 }, () => '169.254.169.254'),
    );
  });

  it('asks the machine for the application that is named, and is the machine itself when none is', async () => {
    const named = open({});
    await named.request();
    expect(named.platform.requests[1]?.url.searchParams.get('client_id')).toBe(application);
    const machine = open({}, '');
    await machine.request();
    expect(machine.platform.requests[1]?.url.searchParams.has('client_id')).toBe(false);
  });

  it('skips what needs an application when none is named', async () => {
    const { platform, request } = open({ AZURE_CLIENT_SECRET: 's' }, '');
    platform.next(nowhere);
    await expect(request()).rejects.toThrow('client-secret: clientId (AZURE_CLIENT_ID) not set.');
  });

  it('has the proof of what it chose, for caches and rotation', async () => {
    const platform = createFakePlatform({ environment: { AZURE_CLIENT_SECRET: 's' } });
    const credential = createCredential({ kind: 'auto' }, platform.context);
    expect(await credential.sealingProof?.()).toEqual(Buffer.from('s'));
    const machine = createCredential(
      { kind: 'auto' },
      createFakePlatform({ environment: {} }).context,
    );
    expect(await machine.sealingProof?.()).toBeUndefined();
  });
});
