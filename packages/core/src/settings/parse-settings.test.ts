import { inspect } from 'node:util';

import { expect, it } from 'vitest';

import { openDirectory } from '../open-directory.ts';
import { SettingsError } from '../errors/settings-error.ts';
import { Secret } from '../secret.ts';
import { parseSettings } from './parse-settings.ts';
import { clientId, sound, tenant } from './testing/settings-folder.ts';

it('takes secrets as text or sealed', () => {
  for (const secret of ['canary', new Secret('canary')]) {
    const { credential } = parseSettings({
      tenant,
      clientId,
      credential: { kind: 'client-secret', secret },
    });
    expect((credential['secret'] as Secret).reveal()).toBe('canary');
  }
});

it('reads neither environment nor files', () => {
  const { sources } = parseSettings({
    tenant,
    clientId,
    credential: { kind: 'client-secret', secret: 's' },
  });
  expect(Object.fromEntries(sources)).toEqual({
    tenant: 'settings.tenant',
    clientId: 'settings.clientId',
    'credential.kind': 'settings.credential.kind',
    'credential.secret': 'settings.credential.secret',
  });
});

it('tells every mistake by its place in the object, and no value', () => {
  const mistaken = {
    tenant: 'common',
    clientID: clientId,
    credential: { kind: 'client-secret', secret: '', password: 'canary' },
  };
  let error: unknown;
  try {
    parseSettings(mistaken as never);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(SettingsError);
  expect((error as SettingsError).issues.map(({ path, source }) => `${path} ${source}`)).toEqual([
    'clientID settings.clientID',
    'tenant settings.tenant',
    'clientId nowhere',
    'credential.secret settings.credential.secret',
    'credential.password settings.credential.password',
  ]);
  expect(inspect(error)).not.toContain('canary');
});

it('opens a directory from plain settings, and refuses to from wrong ones', async () => {
  await using directory = await openDirectory({
    ...sound,
    credential: { kind: 'client-secret', secret: 's' },
  });
  expect(directory.users).toBeDefined();
  const wrong = openDirectory({
    ...sound,
    tenant: '<tenant>',
    credential: { kind: 'client-secret', secret: 's' },
  });
  await expect(wrong).rejects.toThrow(SettingsError);
});
