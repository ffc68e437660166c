import { dirname, resolve } from 'node:path';

import { createOutputFile, strategies, type StrategyKind } from '@rollcall/core/command-line';

import { defineCommand } from '../arguments/command.ts';
import { createFolder } from '../output/create-folder.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { userConfigFile } from '../user-config-file.ts';

function isKind(name: string): name is StrategyKind {
  return Object.hasOwn(strategies, name);
}

/** Creates a configuration file for one authentication method. Its placeholders are invalid until they are replaced. */
export const configInit = defineCommand({
  options: {
    credential: {
      kind: 'text',
      placeholder: 'KIND',
      describe: 'Authentication method (default client-secret)',
    },
    out: {
      kind: 'text',
      placeholder: 'FILE',
      describe: 'Output file (default: that of `rollcall config path`)',
    },
    force: { kind: 'flag', describe: 'Overwrite an existing file' },
  },
  examples: [
    [
      'config init --credential client-certificate',
      'Create one for an application with a certificate',
    ],
  ],
  async run({ credential: kind = 'client-secret', out, force }, context) {
    const { starterSettings } = await context.core();
    if (!isKind(kind))
      throw new UsageError(
        `Unknown authentication method "${kind}".`,
        `Valid values: ${Object.keys(strategies).join(', ')}.`,
      );
    const byDefault = userConfigFile(context.env);
    const path = out === undefined ? byDefault : resolve(context.cwd, out);
    if (out === undefined) await createFolder(dirname(byDefault), 0o700);
    const file = await createOutputFile(path, { force });
    await file.complete(await starterSettings(kind));
    context.console.say({
      level: 'info',
      event: 'settings-begun',
      text: `Created ${path}. Replace the <…> placeholders, then run \`rollcall config check${out === undefined ? '' : ` --config ${out}`}\`.`,
      facts: { file: path, credential: kind },
    });
  },
});
