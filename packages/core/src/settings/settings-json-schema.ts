import { z } from 'zod';

import { strategies } from '../credential/strategies.ts';
import type { StrategyRegistry } from '../credential/strategy.ts';
import { settingsSchema } from './schema.ts';

/** Returns the JSON Schema (draft 2020-12) of settings files for the credentials of a registry. */
export function jsonSchemaOf(registry: StrategyRegistry): Record<string, unknown> {
  return {
    title: 'Rollcall settings',
    ...z.toJSONSchema(settingsSchema(registry), { io: 'input', target: 'draft-2020-12' }),
  };
}

/**
 * Returns the JSON Schema (draft 2020-12) of settings files in the native form; the package also contains it as
 * `settings.schema.json`. It checks names and types, not whether a value is a placeholder or a tenant.
 *
 * @example
 * console.log(JSON.stringify(settingsJsonSchema(), null, 2));
 */
export function settingsJsonSchema(): Record<string, unknown> {
  return jsonSchemaOf(strategies);
}
