import { expect, it } from 'vitest';

import { strategies, type StrategyKind } from '../credential/strategies.ts';
import { starterSettings } from './starter-settings.ts';
import { clientId, settingsFolder, tenant } from './testing/settings-folder.ts';

const kinds = Object.keys(strategies) as StrategyKind[];

it.each(kinds)(
  'creates a starter file for %s that is rejected until its placeholders are replaced',
  async (kind) => {
    await using folder = await settingsFolder();
    const text = starterSettings(kind);
    await folder.write('rollcall.json', text);
    const { issues } = await folder.rejection();
    expect(new Set(issues.map(({ message }) => message))).toEqual(
      new Set(['contains a placeholder']),
    );
    const filled = text
      .replace('<tenant>', tenant)
      .replace('<client-id>', clientId)
      .replace('<path>', 'file.pem')
      .replace('// "deadline"', '"deadline"');
    await folder.write('rollcall.json', filled);
    expect(await folder.load()).toMatchObject({
      credential: { kind },
      limits: { deadline: 3_600_000 },
    });
  },
);

it.each(kinds)('writes given values for %s, quotes and backslashes included', async (kind) => {
  await using folder = await settingsFolder();
  const file = 'C:\\keys\\"a".pem';
  const values = { tenant, clientId, file, schema: './rollcall.schema.json' };
  const text = starterSettings(kind, values);
  expect(text).not.toContain('<');
  expect(text).toContain('"$schema": "./rollcall.schema.json"');
  await folder.write('rollcall.json', text);
  expect(await folder.load()).toMatchObject({ tenant, clientId, credential: { kind } });
});
