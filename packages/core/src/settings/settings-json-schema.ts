import { z } from 'zod';

import { settingsSchema } from './schema.ts';

/**
 * The native form as JSON Schema, draft 2020-12: what `rollcall config schema` prints and the package ships as
 * `settings.schema.json`. A file that fits it may still hold a wrong tenant or a placeholder.
 */
export function settingsJsonSchema(): Record<string, unknown> {
  return {
    title: 'Rollcall settings',
    ...z.toJSONSchema(settingsSchema(), { io: 'input', target: 'draft-2020-12' }),
  };
}
