import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import type { StrategyRegistry } from '../../credential/strategy.ts';
import type { IssueReport } from '../collect-issues.ts';
import type { Sealer, SettingValue } from '../setting-value.ts';
import { parseJsonDocument } from './parse-json-document.ts';
import { readMembers } from './read-members.ts';
import { readTextFile } from './read-text-file.ts';

/** A configuration file and the source of its name. */
export interface ConfigFile {
  /** The name as the user wrote it. */
  readonly name: string;
  readonly path: string;
  /** Absent for a file that was found in the working directory. */
  readonly namedBy?: string | undefined;
}

const defaultFiles = ['rollcall.json', 'parameters.json'] as const;

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    // A file that exists but cannot be accessed is reported when it is read.
    return (error as { code?: unknown }).code !== 'ENOENT';
  }
}

/** Returns the configuration file of a directory, in the native form or the quickstart's. */
export async function findConfigFile(directory: string): Promise<ConfigFile | undefined> {
  for (const name of defaultFiles) {
    const path = resolve(directory, name);
    if (await exists(path)) return { name, path };
  }
  return undefined;
}

/** Returns the values of a file under their names in the native form; none after reporting why it cannot be read. */
export async function readConfigFile(
  { name, path, namedBy }: ConfigFile,
  { strategies, seal }: { readonly strategies: StrategyRegistry; readonly seal: Sealer },
  report: IssueReport,
): Promise<readonly SettingValue[]> {
  const source = namedBy === undefined ? name : `${name}, named by ${namedBy}`;
  const text = await readTextFile(path, { path: 'config', source }, report);
  if (text === undefined) return [];
  const members = parseJsonDocument(text, { name, seal }, report);
  return members === undefined ? [] : readMembers(members, dirname(path), strategies, report);
}
