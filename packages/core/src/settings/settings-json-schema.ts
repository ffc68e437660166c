import { z } from 'zod';

import { strategies } from '../credential/strategies.ts';
import type { StrategyRegistry } from '../credential/strategy.ts';
import { settingsFileSchema } from './schema.ts';

/** Returns the JSON Schema (draft 2020-12) of settings files for the credentials of a registry. */
export function jsonSchemaOf(registry: StrategyRegistry): Record<string, unknown> {
  return {
    title: 'Rollcall settings',
    ...z.toJSONSchema(settingsFileSchema(registry), { io: 'input', target: 'draft-2020-12' }),
  };
}

/** Returns the JSON Schema of settings files; see `settingsJsonSchema` of library.ts. */
export function settingsJsonSchema(): Record<string, unknown> {
  return jsonSchemaOf(strategies);
}
