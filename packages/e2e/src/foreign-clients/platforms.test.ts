import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { openBox, type Box } from './box.ts';
import { rollOf, runClient } from './run-client.ts';

const users = 250;

/** What the control port says of the tenant. */
interface Tenant {
  readonly tenant: string;
  readonly federatedClient: { readonly clientId: string };
  readonly managedIdentity: {
    readonly imds: string;
    readonly appService: { readonly endpoint: string; readonly header: string };
    readonly system: { readonly clientId: string };
    readonly user: { readonly clientId: string };
  };
}

let box: Box;
let tenant: Tenant;
beforeAll(async () => {
  box = await openBox(users);
  tenant = (await (await fetch(`${box.ready.control}/tenant`)).json()) as Tenant;
});
afterAll(() => box[Symbol.asyncDispose]());
beforeEach(() => box.forget());

/** Runs a client, and tells who the sandbox saw when it asked for its token, and how. */
async function listed(file: string, args: readonly string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runClient(file, [box.ready.parameters, ...args], {
    ...box.trust,
    ...env,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(rollOf(stdout)).toMatchObject({ count: users, distinct: users });
  const { entries } = await box.asked();
  return entries
    .filter((entry) => entry.status === 200)
    .filter((entry) => entry.class === 'token' || entry.class === 'managed-identity')
    .map(({ credential, clientId }) => ({ credential, clientId }));
}

describe('@azure/identity on a platform, unmodified', () => {
  it("gets a token from a machine's IMDS", async () => {
    const { imds, system } = tenant.managedIdentity;
    const env = { AZURE_POD_IDENTITY_AUTHORITY_HOST: imds };
    expect(await listed('azure-platform.ts', ['managed'], env)).toEqual([
      { credential: 'managed-identity', clientId: system.clientId },
    ]);
  });

  it('gets a token for an identity that was assigned, from App Service', async () => {
    const { appService, user } = tenant.managedIdentity;
    const env = { IDENTITY_ENDPOINT: appService.endpoint, IDENTITY_HEADER: appService.header };
    expect(await listed('azure-platform.ts', ['assigned', user.clientId], env)).toEqual([
      { credential: 'managed-identity', clientId: user.clientId },
    ]);
  });

  it('exchanges the assertion of a cluster', async () => {
    const file = join(box.dir, 'federated.token');
    const assertion = await fetch(`${box.ready.control}/federated-assertion`);
    await writeFile(file, await assertion.text());
    const { clientId } = tenant.federatedClient;
    const env = { AZURE_FEDERATED_TOKEN_FILE: file };
    expect(await listed('azure-platform.ts', ['workload', clientId], env)).toEqual([
      { credential: 'federated', clientId },
    ]);
  });
});

describe('MSAL Node with cp1, unmodified', () => {
  it('comes back from a claims challenge with another token', async () => {
    await fetch(`${box.ready.control}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'claims-challenge', times: 1 }),
    });
    expect(await listed('msal-challenged.ts', [])).toEqual([
      expect.objectContaining({ credential: 'client-secret' }),
      expect.objectContaining({ credential: 'client-secret' }),
    ]);
    const ledger = await (await fetch(`${box.ready.control}/faults`)).json();
    expect(ledger).toMatchObject({ happened: { 'claims-challenge': 1 } });
  });
});
