import { expect, it } from 'vitest';

import { settingsJsonSchema } from './settings-json-schema.ts';

it('ships as settings.schema.json what the schema says (vitest -u writes it)', async () => {
  await expect(`${JSON.stringify(settingsJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    '../../settings.schema.json',
  );
});
