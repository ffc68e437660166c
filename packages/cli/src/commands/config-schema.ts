import { defineCommand } from '../arguments/command.ts';

/** Prints the JSON Schema of the configuration file, for editors and for checks in a pipeline. */
export const configSchema = defineCommand({
  options: {},
  examples: [['config schema > rollcall.schema.json', 'Save the schema for an editor']],
  async run(_args, { console, core }) {
    const { settingsJsonSchema } = await core();
    await console.write(`${JSON.stringify(await settingsJsonSchema(), undefined, 2)}\n`);
  },
});
