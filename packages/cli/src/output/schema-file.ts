import { access } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

import { createOutputFile } from '@rollcall/core/command-line';

import type { Context } from '../context.ts';

/**
 * Writes the JSON Schema of configuration files next to one, so that editors complete and check it without a network.
 * An existing file is kept.
 * @returns the relative path for `$schema`
 */
export async function writeSchemaFile(
  configFile: string,
  { force }: { readonly force: boolean },
  { core }: Pick<Context, 'core'>,
): Promise<string> {
  const name = `${basename(configFile, extname(configFile))}.schema.json`;
  const path = join(dirname(configFile), name);
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (force || !exists) {
    const { settingsJsonSchema } = await core();
    const file = await createOutputFile(path, { force });
    await file.complete(`${JSON.stringify(await settingsJsonSchema(), undefined, 2)}\n`);
  }
  return `./${name}`;
}
