import { describe, expect, it } from 'vitest';

import type { Secret } from '../secret.ts';
import { clientSecret } from '../credential/strategies/client-secret.ts';
import { createFakePlatform } from '../credential/testing/fake-platform.ts';
import { clientId, settingsFolder, tenant } from './testing/settings-folder.ts';

/** Zero-width space, byte order mark, left-to-right mark and soft hyphen. */
const invisible = ['\u200B', '\uFEFF', '\u200E', '\u00AD'] as const;

function inside(text: string, character: string): string {
  return `${character}${text.slice(0, 4)}${character}${text.slice(4)}${character}`;
}

function secretOf(settings: { readonly credential: object }): string {
  return (settings.credential as { readonly secret: Secret }).secret.reveal();
}

describe('faults A7 row 77: invisible characters in pasted values', () => {
  it.each(invisible)('%j is removed from values of a known form, in every source', async (one) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', {
      tenant: inside(tenant, one),
      clientId: inside(clientId, one),
      cloud: inside('usgov', one),
      credential: {
        kind: inside('client-certificate', one),
        file: 'k',
        thumbprint: inside('a'.repeat(40), one),
      },
    });
    const flags = { graph: inside('https://graph.microsoft.us/v1.0', one) };
    const environment = { ROLLCALL_DEADLINE: inside('90s', one) };
    const settings = await folder.load({ flags, environment });
    expect(settings).toMatchObject({ tenant, clientId, cloud: 'usgov' });
    expect(settings.credential).toMatchObject({ thumbprint: 'a'.repeat(40) });
    expect(settings.limits.deadline).toBe(90_000);
    expect(settings.graph.href).toBe('https://graph.microsoft.us/v1.0');
  });

  it.each(invisible)('%j in a secret is kept, and reported', async (one) => {
    await using folder = await settingsFolder();
    const environment = { AZURE_CLIENT_SECRET: `abc${one}` };
    const settings = await folder.load({ environment, flags: { tenant, 'client-id': clientId } });
    expect(secretOf(settings)).toBe(`abc${one}`);
    expect(settings.warnings).toMatchObject([
      { message: expect.stringContaining('invisible character') as string },
    ]);
  });
});

describe('faults A7 row 77: line breaks at the end of a variable', () => {
  it.each(['\n', '\r\n', '\n\n'])('%j is removed', async (end) => {
    await using folder = await settingsFolder();
    const settings = await folder.load({
      environment: {
        AZURE_TENANT_ID: tenant + end,
        AZURE_CLIENT_ID: clientId + end,
        AZURE_CLIENT_SECRET: `abc${end}`,
        ROLLCALL_CLOUD: `usgov${end}`,
      },
    });
    expect(settings).toMatchObject({ tenant, clientId, cloud: 'usgov', warnings: [] });
    expect(secretOf(settings)).toBe('abc');
    const [offer] = clientSecret.offers ?? [];
    const offered = offer?.settings(
      { AZURE_CLIENT_SECRET: `abc${end}` },
      createFakePlatform().context,
    );
    expect(offered?.secret?.reveal()).toBe('abc');
  });
});

describe('faults A7 row 75: the setting that was meant is named', () => {
  it.each([
    ['clientSecret', 'credential.secret'],
    ['client_secret', 'credential.secret'],
    ['password', 'credential.secret'],
    ['appId', 'clientId'],
    ['tenantId', 'tenant'],
    ['certificatePath', 'credential.file'],
  ])('%s means %s', async (key, meant) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { [key]: 'canary' });
    const { issues, printed } = await folder.rejection();
    expect(issues.find(({ path }) => path === key)?.hint).toBe(`Did you mean ${meant}?`);
    expect(printed).not.toContain('canary');
  });

  it.each([
    [{ kind: 'client-secret', clientSecret: 'canary' }, 'credential.clientSecret', 'secret'],
    [{ kind: 'client-certificate', algorithm: 'PS265' }, 'credential.algorithm', 'PS256'],
    [{ kind: 'client-certificat', file: 'k' }, 'credential.kind', 'client-certificate'],
  ])('in the credential (%#)', async (credential, path, meant) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { tenant, clientId, credential });
    const { issues } = await folder.rejection();
    expect(issues.find((each) => each.path === path)?.hint).toBe(`Did you mean ${meant}?`);
  });

  it.each([
    ['cloud', 'us-gov', 'usgov'],
    ['cloud', 'Global', 'global'],
    ['protocol', 'oidcc', 'oidc'],
  ])('the value of %s: %s', async (key, value, meant) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { tenant, clientId, [key]: value });
    const { issues } = await folder.rejection();
    expect(issues.find(({ path }) => path === key)?.hint).toBe(`Did you mean ${meant}?`);
  });
});
