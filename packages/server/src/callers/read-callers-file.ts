import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { SettingsError, type SettingsIssue } from '@rollcall/core';

import { callersSchema, type CallersSettings } from './callers-settings.ts';

/** Longer than any list of callers. */
const longest = 1_048_576;

function issue(path: string, message: string, hint: string): SettingsIssue {
  return { path, source: '--callers', message, hint };
}

const guide = 'docs/guides/authenticate-callers.md has a complete file.';

/** @throws {SettingsError} when the file cannot be read or can be changed by others */
async function readText(file: string): Promise<string> {
  let problem: SettingsIssue | undefined;
  try {
    const found = await stat(file);
    if (!found.isFile()) problem = issue('callers', 'is not a regular file', guide);
    else if (found.size > longest) problem = issue('callers', 'is larger than 1 MiB', guide);
    else if ((found.mode & 0o022) !== 0)
      problem = issue('callers', 'can be changed by other users', 'Run chmod 600 on the file.');
    else return await readFile(file, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as { readonly code?: string };
    problem = issue('callers', `cannot be read (${code})`, 'Check the path of the file.');
  }
  throw new SettingsError([problem]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SettingsError([issue('callers', 'is not valid JSON', guide)]);
  }
}

/**
 * Reads the file of callers. Paths in it start at its folder.
 * @throws {SettingsError} with every problem of the file
 */
export async function readCallersFile(file: string): Promise<CallersSettings> {
  const result = callersSchema.safeParse(parse(await readText(file)));
  if (!result.success)
    throw new SettingsError(
      result.error.issues.map(({ path, message }) =>
        issue(['callers', ...path].join('.'), message, guide),
      ),
    );
  const { entra, certificates, ...others } = result.data;
  const at = (path: string): string => resolve(dirname(file), path);
  return {
    ...others,
    entra: entra?.caFile === undefined ? entra : { ...entra, caFile: at(entra.caFile) },
    certificates:
      certificates === undefined ? undefined : { ...certificates, caFile: at(certificates.caFile) },
  };
}
