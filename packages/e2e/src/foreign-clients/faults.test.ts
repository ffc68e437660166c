import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { openBox, type Box } from './box.ts';
import { missing, rollOf, runClient } from './run-client.ts';

const users = 250;

let box: Box;
let wrongSecret = '';
beforeAll(async () => {
  box = await openBox(users);
  wrongSecret = join(box.dir, 'wrong-secret.parameters.json');
  const parameters = JSON.parse(await readFile(box.ready.parameters, 'utf8')) as object;
  await writeFile(wrongSecret, JSON.stringify({ ...parameters, secret: 'not the secret' }));
});
afterAll(() => box[Symbol.asyncDispose]());
beforeEach(() => box.control('faults/clear', {}));

const skipsPython = missing('py') !== undefined;
const python = skipsPython ? `MSAL Python (skipped: ${missing('py')})` : 'MSAL Python';

describe('a client that we did not write understands a refusal', () => {
  it.each([
    ['MSAL Node', 'msal-node.ts', ['secret', 'known'], 'invalid_client'],
    ['@azure/identity', 'azure-identity.ts', [], 'AuthenticationRequiredError: invalid_client'],
  ])('%s: a wrong secret', async (_, file, args, named) => {
    const { code, stdout, stderr } = await runClient(file, [wrongSecret, ...args], box.trust);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(named);
    expect(stderr).toContain('AADSTS7000215');
  });

  it.skipIf(skipsPython)(`${python}: a wrong secret`, async () => {
    const { code, stderr } = await runClient('msal_python.py', [wrongSecret, 'known'], box.trust);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^invalid_client: AADSTS7000215: /u);
  });

  it('the Graph SDK: an application without admin consent', async () => {
    const args = [box.ready.noConsentParameters];
    const { code, stderr } = await runClient('graph-sdk.ts', args, box.trust);
    expect(code).toBe(1);
    expect(stderr).toMatch(/GraphError: Insufficient privileges/u);
    expect(stderr).toMatch(/statusCode: 403/u);
    expect(stderr).toMatch(/code: 'Authorization_RequestDenied'/u);
    // The SDK's own reading of the header, and of Graph's inner error.
    expect(stderr).toMatch(/requestId: '[0-9a-f-]{36}'/u);
  });
});

describe("the Graph SDK's own retries", () => {
  it.each([
    ['429 with Retry-After', { kind: 'throttled', nth: 2, retryAfter: '1' }],
    ['503', { kind: 'status', on: 'graph', status: 503, nth: 1, retryAfter: '1' }],
  ])('get all users after a %s', async (_, fault) => {
    await box.forget();
    await box.control('faults', fault);
    const { code, stdout } = await runClient('graph-sdk.ts', [box.ready.parameters], box.trust);
    expect({ code, ...rollOf(stdout) }).toMatchObject({ code: 0, count: users, distinct: users });
    expect(await box.control('faults')).toMatchObject({
      set: [{ fault, struck: 1 }],
    });
    expect((await box.asked()).byClass).toMatchObject({ graph: 4 });
  });
});

describe('a tenant that omits a user, or returns one twice,', () => {
  // No client here notices, which is why Rollcall does; and it shows that these counts can be wrong.
  it.each([
    ['dropped-user', { count: users - 1, distinct: users - 1 }],
    ['duplicate-user', { count: users + 1, distinct: users }],
    ['dropped-link', { count: 100, distinct: 100 }],
  ])('is found out by the count: %s', async (kind, counts) => {
    await box.control('faults', { kind, nth: 1 });
    const { code, stdout } = await runClient('graph-sdk.ts', [box.ready.parameters], box.trust);
    expect({ code, ...rollOf(stdout) }).toMatchObject({ code: 0, ...counts });
  });
});
