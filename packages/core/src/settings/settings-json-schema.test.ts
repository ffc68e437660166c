import { expect, it } from 'vitest';

import { settingsJsonSchema } from './settings-json-schema.ts';

it('settings.schema.json is up to date (vitest -u writes it)', async () => {
  await expect(`${JSON.stringify(settingsJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    '../../settings.schema.json',
  );
});
