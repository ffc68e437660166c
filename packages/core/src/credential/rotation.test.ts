import { chmod, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createTokenSource } from '../token/token-source.ts';
import { createCredential } from './create-credential.ts';
import { createFakePlatform, formOf, scopes } from './testing/fake-platform.ts';
import { createTemporaryFolder, type TemporaryFolder } from './testing/temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await createTemporaryFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

const refusal = { status: 401, body: { error: 'invalid_client' } };

async function setUp() {
  const platform = createFakePlatform();
  const secretFile = await folder.write('secret', 'old\n');
  const credential = createCredential({ kind: 'client-secret', secretFile }, platform.context);
  return { platform, secretFile, credential };
}

describe('rotation', () => {
  it('faults A5 row 59: the next request uses a changed file', async () => {
    const { platform, secretFile, credential } = await setUp();
    await credential.requestToken({ scopes });
    await writeFile(secretFile, 'new\n');
    await credential.requestToken({ scopes });
    expect(platform.requests.map((each) => formOf(each)['client_secret'])).toEqual(['old', 'new']);
  });

  it('faults A5 row 59: a file that changed before its old content was rejected is retried once', async () => {
    const { platform, secretFile, credential } = await setUp();
    platform.next(async () => {
      await writeFile(secretFile, 'new\n');
      return refusal;
    });
    await credential.requestToken({ scopes });
    expect(platform.requests.map((each) => formOf(each)['client_secret'])).toEqual(['old', 'new']);
  });

  it('faults A5 row 59: a rejected secret that has not changed is not retried', async () => {
    const { platform, credential } = await setUp();
    platform.next(refusal);
    await expect(credential.requestToken({ scopes })).rejects.toMatchObject({
      code: 'E_TOKEN_REFUSED',
    });
    expect(platform.requests).toHaveLength(1);
  });

  it('faults A5 row 59: no call fails during a rotation under load', async () => {
    const platform = createFakePlatform();
    const valid = new Set(['secret-0']);
    const secretFile = await folder.write('secret', 'secret-0');
    platform.answerAlways((request) =>
      valid.has(formOf(request)['client_secret'] ?? '')
        ? { body: { token_type: 'Bearer', expires_in: 1200, access_token: 'a' } }
        : refusal,
    );
    const source = createTokenSource(
      createCredential({ kind: 'client-secret', secretFile }, platform.context),
      platform.ports,
    );
    await source.getToken({ scopes });
    let failed = 0;
    for (let round = 1; round <= 10; round += 1) {
      const next = `secret-${round}`;
      valid.add(next);
      valid.delete(`secret-${round - 1}`);
      const fresh = join(folder.path, 'fresh');
      for (let step = 0; step < 20; step += 1) {
        // The old secret is gone for half a round before the new one is on disk.
        if (step === 10) {
          await writeFile(fresh, next);
          await chmod(fresh, 0o600);
          await rename(fresh, secretFile);
        }
        const calls = Array.from({ length: 5 }, () => source.getToken({ scopes }));
        for (const { status } of await Promise.allSettled(calls))
          if (status === 'rejected') failed += 1;
        platform.clock.advance(20_000);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
    expect(failed).toBe(0);
    const used = platform.requests.map((each) => formOf(each)['client_secret']);
    expect(new Set(used).size).toBeGreaterThan(5);
    expect(platform.events.map(({ event }) => event)).toContain('token-refresh-failed');
  });
});

describe('standard input', () => {
  it('is read once for any number of tokens', async () => {
    let reads = 0;
    const typed = '\uFEFFfrom-input\r\n';
    const platform = createFakePlatform({
      readStandardInput: () => {
        reads += 1;
        return Promise.resolve(Buffer.from(typed));
      },
    });
    const credential = createCredential(
      { kind: 'client-secret', secretFile: '-' },
      platform.context,
    );
    await credential.requestToken({ scopes });
    await credential.requestToken({ scopes });
    expect(reads).toBe(1);
    expect(platform.requests.map((each) => formOf(each)['client_secret'])).toEqual([
      'from-input',
      'from-input',
    ]);
  });

  it.each(['', '\n', 'two words', 'two\nlines'])('rejects %j', async (text) => {
    const platform = createFakePlatform({
      readStandardInput: () => Promise.resolve(Buffer.from(text)),
    });
    const credential = createCredential(
      { kind: 'client-secret', secretFile: '-' },
      platform.context,
    );
    await expect(credential.requestToken({ scopes })).rejects.toThrow(
      'must contain the client secret on a single line',
    );
    expect(platform.requests).toHaveLength(0);
  });
});
