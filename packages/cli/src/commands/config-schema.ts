import type { Arguments } from '../command.ts';
import type { Context } from '../context.ts';

/** Prints the JSON Schema of the configuration file, for editors and for checks in a pipeline. */
export async function configSchema(_args: Arguments, context: Context): Promise<void> {
  const { settingsJsonSchema } = await context.core();
  await context.console.write(`${JSON.stringify(await settingsJsonSchema(), undefined, 2)}\n`);
}
