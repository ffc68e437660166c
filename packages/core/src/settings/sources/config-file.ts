import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import type { SettingValue } from '../setting-value.ts';
import type { Report } from '../report.ts';
import { parseJsonDocument } from './json-document.ts';
import { readMembers } from './members.ts';
import { readTextFile } from './text-file.ts';

/** The settings file, and who named it. */
export interface ConfigFile {
  /** As it was written. */
  readonly name: string;
  readonly path: string;
  /** Absent for a file that was found in the working folder. */
  readonly namedBy?: string | undefined;
}

const defaultFiles = ['rollcall.json', 'parameters.json'] as const;

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    // A file that is there and cannot be reached is worth an error of its own, later.
    return (error as { code?: unknown }).code !== 'ENOENT';
  }
}

/** The settings file of the working folder, in our own form or the quickstart's. */
export async function findConfigFile(folder: string): Promise<ConfigFile | undefined> {
  for (const name of defaultFiles) {
    const path = resolve(folder, name);
    if (await exists(path)) return { name, path };
  }
  return undefined;
}

/** What the file says, under the names of the native form; nothing after telling `report` why it cannot be read. */
export async function readConfigFile(
  { name, path, namedBy }: ConfigFile,
  known: readonly string[],
  report: Report,
): Promise<readonly SettingValue[]> {
  const source = namedBy === undefined ? name : `${name}, named by ${namedBy}`;
  const text = await readTextFile(path, { path: 'config', source }, report);
  if (text === undefined) return [];
  const members = parseJsonDocument(text, name, report);
  return members === undefined ? [] : readMembers(members, dirname(path), known, report);
}
