import { describe, expect, it } from 'vitest';

import { NetworkError } from '../../errors/network-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';
import { createCredential } from '../create-credential.ts';
import { createFakePlatform, scopes, type Answer } from '../testing/fake-platform.ts';

const host = { host: '169.254.169.254', port: 80 };
const token: Answer = {
  body: {
    access_token: 'managed',
    expires_in: '3599',
    expires_on: '1506484173',
    resource: 'https://graph.microsoft.com',
    token_type: 'Bearer',
  },
};

function open(settings: Record<string, unknown>, ...answers: Answer[]) {
  const platform = createFakePlatform();
  platform.next({ status: 400 }, ...answers);
  platform.answerAlways(token);
  const credential = createCredential({ kind: 'managed-identity', ...settings }, platform.context);
  return { platform, request: () => credential.requestToken({ scopes }) };
}

describe('managed-identity', () => {
  it('requests the resource from IMDS without the proxy', async () => {
    const { platform, request } = open({});
    expect((await request()).token.reveal()).toBe('managed');
    const [probe, asked] = platform.requests;
    expect(probe?.headers).not.toHaveProperty('metadata');
    expect(probe?.timeout).toBe(1000);
    expect(asked?.headers['metadata']).toBe('true');
    expect(asked?.url.origin).toBe('http://169.254.169.254');
    expect(asked?.url.searchParams.get('resource')).toBe('https://graph.microsoft.com');
    expect(platform.requests.map(({ direct }) => direct)).toEqual([true, true]);
  });

  it('probes IMDS once', async () => {
    const { platform, request } = open({});
    await request();
    await request();
    expect(platform.requests).toHaveLength(3);
  });

  it.each([
    [{ clientId: 'c' }, 'client_id', 'c'],
    [{ resourceId: '/subscriptions/r' }, 'msi_res_id', '/subscriptions/r'],
    [{ objectId: 'o' }, 'object_id', 'o'],
  ])('selects the identity with %j', async (settings, parameter, value) => {
    const { platform, request } = open(settings);
    await request();
    expect(platform.requests[1]?.url.searchParams.get(parameter)).toBe(value);
  });

  it.each([
    ['no response', new TimeoutError(host, 'total', 1000)],
    ['no route', new NetworkError(host, 'EHOSTUNREACH')],
  ])('faults A5 row 55: outside Azure, it fails after one probe: %s', async (_, failure) => {
    const platform = createFakePlatform();
    platform.next(failure);
    const credential = createCredential({ kind: 'managed-identity' }, platform.context);
    await expect(credential.requestToken({ scopes })).rejects.toMatchObject({
      code: 'E_CREDENTIAL',
      message: 'No managed identity is available: 169.254.169.254 did not respond within 1 second.',
      hint: expect.stringContaining('Azure') as string,
    });
    expect(platform.requests).toHaveLength(1);
  });

  it.each([404, 408, 429, 500, 503])('faults A5 row 55: %d is retried', async (status) => {
    const { platform, request } = open({}, { status }, { status });
    await request();
    expect(platform.requests).toHaveLength(4);
    expect(platform.clock.sleeps).toHaveLength(2);
  });

  it('faults A5 row 55: 410 is retried for more than 70 s', async () => {
    const { platform, request } = open({}, ...Array.from({ length: 7 }, () => ({ status: 410 })));
    await request();
    const waited = platform.clock.sleeps.reduce((sum, each) => sum + each, 0);
    expect(waited).toBeGreaterThanOrEqual(70_000);
  });

  it('faults A5 row 55: an HTML page of a proxy is an unexpected response', async () => {
    const { request } = open({}, { status: 403, body: '<html>' });
    await expect(request()).rejects.toMatchObject({
      code: 'E_CREDENTIAL',
      message: 'The managed identity endpoint returned an unexpected response (status 403).',
    });
  });

  it('faults A5 row 55: an identity that is not assigned', async () => {
    const body = { error: 'invalid_request', error_description: 'Identity not found' };
    const { request } = open({ clientId: 'c' }, { status: 400, body });
    await expect(request()).rejects.toMatchObject({
      code: 'E_TOKEN_REFUSED',
      hint: expect.stringContaining('Assign the identity') as string,
    });
  });
});
