import { resolve } from 'node:path';

import type { StrategyKind } from '@rollcall/core';

import type { Arguments } from '../command.ts';
import type { Context } from '../context.ts';
import { createOutputFile } from '../output/output-file.ts';
import { UsageError } from '../usage-error.ts';

export interface ConfigInitArguments extends Arguments {
  readonly credential: string | undefined;
  readonly out: string | undefined;
  readonly force: boolean;
}

/** Creates a configuration file for one authentication method. Its placeholders are invalid until they are replaced. */
export async function configInit(args: ConfigInitArguments, context: Context): Promise<void> {
  const { strategies, starterSettings } = await context.core();
  const { credential: kind = 'client-secret', out = 'rollcall.json', force } = args;
  const isKind = (name: string): name is StrategyKind => Object.hasOwn(strategies, name);
  if (!isKind(kind))
    throw new UsageError(
      `Unknown authentication method "${kind}".`,
      `Valid values: ${Object.keys(strategies).join(', ')}.`,
    );
  const file = await createOutputFile(resolve(context.cwd, out), { force });
  await file.complete(await starterSettings(kind));
  context.console.say({
    level: 'info',
    event: 'settings-begun',
    text: `Created ${out}. Replace the <…> placeholders, then run \`rollcall config check\`.`,
    facts: { file: out, credential: kind },
  });
}
