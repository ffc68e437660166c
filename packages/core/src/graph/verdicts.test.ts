import { describe, expect, it } from 'vitest';

import type { Turn } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';

const ids = { 'request-id': 'r' };
const html = { 'content-type': 'text/html' };
const page = Buffer.from('<!DOCTYPE html><html><body>Blocked by policy</body></html>');

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A token with these roles, as Entra issues it. */
function tokenWith(...roles: readonly string[]): string {
  return `${part({ alg: 'none' })}.${part({ roles })}.x`;
}

async function failureOf(turn: Turn, token?: string): Promise<unknown> {
  const { directory } = await openFake({ users: 3, intervene: () => turn, token });
  return directory.users.count().catch((error: unknown) => error);
}

describe('faults A1 row 11: a 403 is about permissions only by its code', () => {
  it.each([
    ['Authorization_RequestDenied', 'E_FORBIDDEN'],
    ['Authentication_MSGraphPermissionMissing', 'E_FORBIDDEN'],
    ['Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'E_ACCESS_DENIED'],
    ['AccessDenied', 'E_ACCESS_DENIED'],
    ['Authentication_TenantSuspended', 'E_ACCESS_DENIED'],
  ])('%s is %s, with the message of Graph', async (code, expected) => {
    const message = 'Neither tenant is B2C nor has premium license.';
    const error = await failureOf({
      status: 403,
      headers: ids,
      body: { error: { code, message } },
    });
    expect(error).toMatchObject({ code: expected, category: 'permission', graphCode: code });
    expect(String(error).includes(message)).toBe(expected === 'E_ACCESS_DENIED');
  });

  it.each([
    [['User.Read.All'], 'E_ACCESS_DENIED'],
    [['Group.Read.All'], 'E_FORBIDDEN'],
    [[], 'E_FORBIDDEN'],
  ])('with a token that has the roles %j it is %s', async (roles, expected) => {
    const body = { error: { code: 'Authorization_RequestDenied', message: 'Denied.' } };
    const error = await failureOf({ status: 403, headers: ids, body }, tokenWith(...roles));
    expect(error).toMatchObject({ code: expected });
  });

  it('the hint for a tenant without a license names the property', async () => {
    const code = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant';
    const error = await failureOf({ status: 403, headers: ids, body: { error: { code } } });
    expect(error).toMatchObject({ hint: expect.stringContaining('signInActivity') as string });
  });
});

describe('faults A1 row 11: a response of a gateway is named as one', () => {
  it.each([200, 401, 403, 404, 407, 410, 414])(
    'status %i with a page of a web filter',
    async (status) => {
      const error = await failureOf({ status, headers: html, body: page });
      expect(error).toMatchObject({
        code: 'E_GATEWAY',
        message: `A proxy or gateway responded in place of Graph (status ${status}, text/html).`,
      });
    },
  );

  it.each([401, 403, 404])('status %i with JSON of a gateway', async (status) => {
    const error = await failureOf({ status, body: { fault: { faultstring: 'Invalid ApiKey' } } });
    expect(error).toMatchObject({ code: 'E_GATEWAY' });
  });

  it('a gateway that rejects credentials gets no second token', async () => {
    const { directory, tokens } = await openFake({
      users: 3,
      intervene: () => ({ status: 401, headers: html, body: page }),
    });
    await expect(directory.users.count()).rejects.toMatchObject({ code: 'E_GATEWAY' });
    expect(tokens).toHaveLength(1);
  });

  it('in the middle of a listing too', async () => {
    const { directory } = await openFake({
      users: 30,
      intervene: ({ url }) =>
        url.searchParams.has('$skiptoken') ? { status: 403, headers: html, body: page } : undefined,
    });
    const listing = directory.users.list({ pageSize: 10 });
    await expect(Array.fromAsync(listing)).rejects.toMatchObject({ code: 'E_GATEWAY' });
    expect(listing.receipt()).toMatchObject({ complete: false, users: 10 });
  });
});
