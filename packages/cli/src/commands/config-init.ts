import { dirname, resolve } from 'node:path';

import type { StarterValues } from '@rollcall/core';
import {
  createOutputFile,
  safeText,
  strategies,
  type StrategyKind,
} from '@rollcall/core/command-line';

import { defineCommand } from '../arguments/command.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Context } from '../context.ts';
import { createFolder } from '../output/create-folder.ts';
import { writeSchemaFile } from '../output/schema-file.ts';
import { userConfigFile } from '../user-config-file.ts';
import { askForSettings } from './config-questions.ts';

const kinds = Object.keys(strategies);

function isKind(name: string): name is StrategyKind {
  return Object.hasOwn(strategies, name);
}

function checkKind(name: string | undefined): StrategyKind | undefined {
  if (name === undefined || isKind(name)) return name;
  throw new UsageError(
    `Unknown authentication method "${name}".`,
    `Valid values: ${kinds.join(', ')}.`,
  );
}

/** Checks the values of the flags as every command checks its settings. @throws {SettingsError} */
async function checkValues(
  { tenant, clientId }: StarterValues,
  { core }: Pick<Context, 'core'>,
): Promise<void> {
  if (tenant === undefined && clientId === undefined) return;
  const { loadConsentTarget } = await core();
  // A value that is not given yet is replaced by a valid one: only those that are given are checked.
  const valid = '00000000-0000-4000-8000-000000000000';
  const flags = { tenant: tenant ?? valid, 'client-id': clientId ?? valid };
  await loadConsentTarget({ flags, environment: {} });
}

/** Returns why a value is invalid, and what to do; undefined if it is valid. */
async function problemOf(values: StarterValues, context: Context): Promise<string | undefined> {
  try {
    await checkValues(values, context);
    return undefined;
  } catch (error) {
    const { SettingsError } = await context.core();
    if (!(error instanceof SettingsError)) throw error;
    return error.issues.map(({ message, hint }) => safeText(`${message}. ${hint}`)).join(' ');
  }
}

/** Says what remains to be done. */
function nextStep(text: string, out: string | undefined): string {
  const config = out === undefined ? '' : ` --config ${out}`;
  return /<[a-z-]+>/u.test(text)
    ? `Replace the <…> placeholders, then run \`rollcall config check${config}\`.`
    : `Run \`rollcall doctor${config}\` to test it.`;
}

/**
 * Creates a configuration file for one authentication method. On a terminal it asks for the values that no flag gives;
 * values without an answer are placeholders, which are invalid until they are replaced.
 */
export const configInit = defineCommand({
  options: {
    tenant: { kind: 'text', placeholder: 'ID|DOMAIN', describe: 'Tenant to read' },
    'client-id': { kind: 'text', placeholder: 'ID', describe: 'Application (client) ID' },
    credential: {
      kind: 'text',
      placeholder: 'KIND',
      suggestions: kinds,
      describe: `Authentication method: ${kinds.join(', ')} (default client-secret)`,
    },
    out: {
      kind: 'text',
      placeholder: 'FILE',
      describe: 'Output file (default: that of `rollcall config path`)',
    },
    force: { kind: 'flag', describe: 'Overwrite an existing file' },
  },
  examples: [
    ['config init', 'Answer questions, and create the file that is read by default'],
    [
      'config init --tenant contoso.com --client-id ID --credential federated',
      'Create it for an application with a federated credential',
    ],
  ],
  async run({ tenant, 'client-id': clientId, credential, out, force }, context) {
    const { starterSettings } = await context.core();
    const given = { tenant, clientId };
    const kind = checkKind(credential);
    await checkValues(given, context);
    const byDefault = userConfigFile(context.env);
    const path = out === undefined ? byDefault : resolve(context.cwd, out);
    if (out === undefined) await createFolder(dirname(byDefault), 0o700);
    // Before the questions: an existing file is an error that no answer changes.
    const file = await createOutputFile(path, { force });
    const answers = await askForSettings({ ...given, kind }, context, (values) =>
      problemOf(values, context),
    );
    const schema = await writeSchemaFile(path, { force }, context);
    const text = await starterSettings(answers.kind, { ...answers.values, schema });
    await file.complete(text);
    context.console.say({
      level: 'info',
      event: 'settings-begun',
      text: `Created ${path}. ${nextStep(text, out)}`,
      facts: { file: path, credential: answers.kind },
    });
  },
});
