import { inspect } from 'node:util';

import { expect, it } from 'vitest';

import { openDirectory } from '../open-directory.ts';
import { SettingsError } from '../errors/settings-error.ts';
import { Secret } from '../secret.ts';
import { parseSettings } from './parse-settings.ts';
import { clientId, sound, tenant } from './testing/settings-folder.ts';

it('accepts a secret as text or as a Secret', () => {
  for (const secret of ['canary', new Secret('canary')]) {
    const { credential } = parseSettings({
      tenant,
      clientId,
      credential: { kind: 'client-secret', secret },
    });
    expect((credential['secret'] as Secret).reveal()).toBe('canary');
  }
});

it('reads neither the environment nor files', () => {
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

it('reports every problem with its position in the object and without values', () => {
  const invalid = {
    tenant: 'common',
    clientID: clientId,
    credential: { kind: 'client-secret', secret: '<secret>', password: 'canary' },
  };
  let error: unknown;
  try {
    parseSettings(invalid as never);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(SettingsError);
  expect(
    (error as SettingsError).issues.map(({ path, source }) => `${path} ${source ?? 'not set'}`),
  ).toEqual([
    'clientID settings.clientID',
    'tenant settings.tenant',
    'clientId not set',
    'credential.secret settings.credential.secret',
    'credential.password settings.credential.password',
  ]);
  expect(inspect(error)).not.toContain('canary');
});

it('opens a directory from valid plain settings and rejects invalid ones', async () => {
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
