import { expect, it } from 'vitest';

import { strategies, type StrategyKind } from '../credential/strategies.ts';
import { starterSettings } from './starter-settings.ts';
import { clientId, settingsFolder, tenant } from './testing/settings-folder.ts';

const kinds = Object.keys(strategies) as StrategyKind[];

it.each(kinds)(
  'starts a settings file for %s that asks for its blanks and then loads',
  async (kind) => {
    await using folder = await settingsFolder();
    const text = starterSettings(kind);
    await folder.write('rollcall.json', text);
    const { issues } = await folder.refusal();
    expect(new Set(issues.map(({ message }) => message))).toEqual(
      new Set(['still holds a placeholder']),
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
