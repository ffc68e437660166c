import { writeFile } from 'node:fs/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createCredential } from '../create-credential.ts';
import { federated } from './federated.ts';
import { createFakePlatform, formOf, scopes } from '../testing/fake-platform.ts';
import { makeJwt } from '../testing/federated-jwt.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await createTemporaryFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

const jwt = makeJwt({ sub: 'subject' });

function open(settings: Record<string, unknown>, environment: Record<string, string> = {}) {
  const platform = createFakePlatform({ environment });
  const credential = createCredential({ kind: 'federated', ...settings }, platform.context);
  return { platform, request: () => credential.requestToken({ scopes }) };
}

describe('federated', () => {
  it('faults A5 row 54: reads the file for each token', async () => {
    const file = await folder.write('assertion', jwt);
    const { platform, request } = open({ file });
    await request();
    const next = makeJwt({ sub: 'subject', jti: 2 });
    await writeFile(file, next);
    await request();
    expect(platform.requests.map((each) => formOf(each)['client_assertion'])).toEqual([jwt, next]);
  });

  it('faults A5 row 54: reports the file of an expired assertion, but not its content', async () => {
    const exp = Date.UTC(2026, 10, 22, 11) / 1000;
    const file = await folder.write('assertion', makeJwt({ sub: 'canary-sub', exp }));
    const { platform, request } = open({ file });
    const error: unknown = await request().catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'E_CREDENTIAL',
      message: `The federated token from the file ${file} expired on 2026-11-22T11:00:00.000Z.`,
    });
    expect(platform.requests).toHaveLength(0);
  });

  it.each(['nonsense', 'a.b', 'a.b.c.d', 'a.MQ.c'])(
    'faults A5 row 54: rejects %j without sending it',
    async (text) => {
      const { platform, request } = open({ file: await folder.write('assertion', text) });
      await expect(request()).rejects.toThrow('is not a JWT');
      expect(platform.requests).toHaveLength(0);
    },
  );

  it('uses the output of a command', async () => {
    const { platform, request } = open({
      command: [process.execPath, '-e', 'console.log(process.argv[1])', jwt],
    });
    await request();
    expect(formOf(platform.requests[0])['client_assertion']).toBe(jwt);
  });

  it('reports that a command failed, without its output', async () => {
    const script = 'console.log("canary-out"); console.error("canary-err"); process.exit(3)';
    const { request } = open({ command: [process.execPath, '-e', script] });
    const error = (await request().catch((caught: unknown) => caught)) as Error;
    expect(error).toMatchObject({ code: 'E_CREDENTIAL' });
    expect(error.message).toContain('failed (3)');
    expect(`${error.message} ${String(error.cause)}`).not.toContain('canary');
  });

  it('requests a token for Entra from GitHub Actions', async () => {
    const { platform, request } = open(
      { github: true },
      {
        ACTIONS_ID_TOKEN_REQUEST_URL: 'https://pipelines.example/token?v=2',
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-token',
      },
    );
    platform.next({ body: { value: jwt } });
    await request();
    const [asked, post] = platform.requests;
    expect(asked?.url.href).toBe(
      'https://pipelines.example/token?v=2&audience=api%3A%2F%2FAzureADTokenExchange',
    );
    expect(asked?.headers['authorization']).toBe('Bearer job-token');
    expect(formOf(post)['client_assertion']).toBe(jwt);
  });

  it('requests the token of the service connection from Azure DevOps', async () => {
    const { platform, request } = open(
      { azureDevops: 'connection-1' },
      { SYSTEM_OIDCREQUESTURI: 'https://dev.example/oidc', SYSTEM_ACCESSTOKEN: 'job-token' },
    );
    platform.next({ body: { oidcToken: jwt } });
    await request();
    const [asked, post] = platform.requests;
    expect(asked?.method).toBe('POST');
    expect(asked?.url.href).toBe(
      'https://dev.example/oidc?api-version=7.1&serviceConnectionId=connection-1',
    );
    expect(formOf(post)['client_assertion']).toBe(jwt);
  });

  it('retries while the issuer is unavailable, and reports what to do when it rejects the request', async () => {
    const environment = {
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://pipelines.example/token',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-token',
    };
    const { platform, request } = open({ github: true }, environment);
    platform.next({ status: 503 }, { body: { value: jwt } });
    await request();
    expect(platform.requests).toHaveLength(3);
    platform.next({ status: 403 });
    await expect(request()).rejects.toMatchObject({
      code: 'E_CREDENTIAL',
      hint: expect.stringContaining('id-token: write') as string,
    });
  });

  it('uses the workload identity of the pod', async () => {
    const file = await folder.write('assertion', jwt, 0o644);
    const { platform, request } = open({ kubernetes: true }, { AZURE_FEDERATED_TOKEN_FILE: file });
    await request();
    expect(formOf(platform.requests[0])['client_assertion']).toBe(jwt);
  });

  it.each([{ github: true }, { azureDevops: 'c' }, { kubernetes: true }])(
    'says what is missing where %j does not apply',
    async (settings) => {
      await expect(open(settings).request()).rejects.toMatchObject({
        code: 'E_CREDENTIAL',
        hint: expect.stringMatching(/\w/u) as string,
      });
    },
  );

  it('requires exactly one source', () => {
    expect(federated.issues({})).toHaveLength(1);
    expect(federated.issues({ file: 'a' })).toHaveLength(0);
    expect(federated.issues({ file: 'a', github: true })).toHaveLength(1);
    expect(federated.issues({ file: 'a', audience: 'b' })).toHaveLength(1);
  });
});
