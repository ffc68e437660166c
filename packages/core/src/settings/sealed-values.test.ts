import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { strategies } from '../credential/strategies.ts';
import { Secret } from '../secret.ts';
import { collectIssues } from './collect-issues.ts';
import { createSealer } from './create-sealer.ts';
import type { LoadOptions } from './load-options.ts';
import { readSources } from './load-settings.ts';
import { membersOfObject } from './parse-settings.ts';
import { checkPlainValues } from './rules/check-plain-values.ts';
import { resolveCredential } from './rules/resolve-credential.ts';
import { precedences } from './setting-value.ts';
import { parseJsonDocument } from './sources/parse-json-document.ts';
import { parseEnvFile } from './sources/parse-env-file.ts';
import { knownKeys, readMembers } from './sources/read-members.ts';
import { settingsFolder, tenant } from './testing/settings-folder.ts';

const canary = 'canary-8d1c';
const seal = createSealer(strategies);

/** Everything that can be printed of a value. */
function printed(value: unknown): string {
  const options = { depth: 12, showHidden: true, maxArrayLength: null, maxStringLength: null };
  return [inspect(value, options), JSON.stringify(value), String(value)].join('\n');
}

/** Secrets at every place where settings can contain them, and where a user may put them by mistake. */
const file = {
  tenant,
  proxy: `http://user:${canary}@proxy.example:8080`,
  tokenCache: `redis://:${canary}@cache.example`,
  secret: canary,
  passphrase: [canary],
  secrit: canary,
  note: canary,
  nested: { deep: { secret: canary } },
  credential: {
    kind: 'client-certificate',
    password: canary,
    content: { text: canary },
    pasword: canary,
  },
};

const environment = {
  AZURE_CLIENT_SECRET: canary,
  AZURE_CLIENT_CERTIFICATE: canary,
  AZURE_CLIENT_CERTIFICATE_PASSWORD: canary,
  HTTPS_PROXY: `http://user:${canary}@proxy.example`,
  ROLLCALL_TOKEN_CACHE: `rediss://:${canary}@cache.example`,
};

describe('secrets are sealed when they are read', () => {
  it('from a JSON document', () => {
    const report = collectIssues();
    const text = JSON.stringify(file);
    const members = parseJsonDocument(text, { name: 'rollcall.json', seal }, report);
    expect(members).toHaveLength(Object.keys(file).length);
    expect(printed(members)).not.toContain(canary);
    const values = readMembers(
      members ?? [],
      { precedence: precedences.configFile, directory: '/', strategies },
      report,
    );
    expect(values.length).toBeGreaterThan(8);
    expect(printed(values)).not.toContain(canary);
    expect(printed(report)).not.toContain(canary);
  });

  it.each([
    ['as text', file],
    ['as Secret', { ...file, proxy: new Secret(file.proxy), secret: new Secret(canary) }],
  ])('from an object of a program, %s', (_, object) => {
    const members = membersOfObject(object, seal);
    expect(printed(members)).not.toContain(canary);
    expect(members.find(({ key }) => key === 'proxy')?.value).toBeInstanceOf(Secret);
    expect(members.find(({ key }) => key === 'tenant')?.value).toBe(tenant);
  });

  it('from an env file', () => {
    const variables = parseEnvFile(`AZURE_CLIENT_SECRET=${canary}`, '.env', collectIssues());
    expect(variables[0]?.value.reveal()).toBe(canary);
    expect(printed(variables)).not.toContain(canary);
  });

  it('from flags, variables and files, until the strategy gets them', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', file);
    await folder.write('.env', `CLIENT_SECRET=${canary}`);
    const report = collectIssues();
    const options: LoadOptions = {
      environment,
      cwd: folder.path,
      flags: {
        'env-file': '.env',
        config: 'rollcall.json',
        proxy: `http://u:${canary}@proxy.example`,
        'token-cache': `redis://:${canary}@h`,
        secret: canary,
      },
    };
    const values = await readSources(options, strategies, report);
    expect(new Set(values.map(({ precedence }) => precedence))).toEqual(new Set([0, 1, 2, 3, 5]));
    expect(printed(values)).not.toContain(canary);

    const plain = values.filter(({ path }) => !path.startsWith('credential'));
    const checked = checkPlainValues(plain, knownKeys(strategies), report);
    expect(checked.values.proxy?.reveal()).toContain(canary);
    expect(checked.values.tokenCache?.reveal()).toContain(canary);
    expect(printed(checked)).not.toContain(canary);

    const ofSecret = values.filter(({ kind }) => kind === 'client-secret');
    const { 'client-secret': strategy } = strategies;
    const credential = resolveCredential(ofSecret, { strategy }, report);
    expect(credential).toEqual({ kind: 'client-secret', secret: expect.any(Secret) as Secret });
    expect(printed(credential)).not.toContain(canary);
    expect(printed(report)).not.toContain(canary);
  });

  it('but not settings that are known not to be secret', () => {
    expect(seal('tenant', tenant)).toBe(tenant);
    expect(seal('scope', ['a'])).toEqual(['a']);
    expect(seal('credential.command', ['a', 'b'])).toEqual(['a', 'b']);
    expect(seal('private_key_file', 'key.pem')).toBe('key.pem');
    expect(seal('tenant', new Secret(tenant))).toBe(tenant);
  });
});
