import { readFile } from 'node:fs/promises';

import { applyEdits, type JSONPath, modify } from 'jsonc-parser';

import { OutputError } from '../../errors/output-error.ts';
import { SettingsError } from '../../errors/settings-error.ts';
import { writeFileAtomically } from '../../file-system/write-file-atomically.ts';
import type { LoadOptions } from '../load-options.ts';
import { loadProfiles, type Profile, type Profiles } from './load-profiles.ts';

/** A new value at a path; undefined removes it. */
interface Edit {
  readonly path: JSONPath;
  readonly value: unknown;
}

function findProfile({ file, profiles }: Profiles, name: string): Profile {
  const profile = profiles.find((each) => each.name === name);
  if (profile !== undefined) return profile;
  const names = profiles.map((each) => each.name).join(', ');
  throw new SettingsError([
    {
      path: 'profile',
      source: file,
      message: `${JSON.stringify(name)} is not a profile of the file`,
      hint: names === '' ? 'The file has no profiles.' : `Available profiles: ${names}.`,
    },
  ]);
}

/** Applies edits to the text of a file, so that the comments of other members remain, and replaces it as a whole. */
async function editFile(file: string, edits: readonly Edit[]): Promise<void> {
  try {
    let text = await readFile(file, 'utf8');
    const formattingOptions = { insertSpaces: true, tabSize: 2 };
    for (const { path, value } of edits)
      text = applyEdits(text, modify(text, path, value, { formattingOptions }));
    await writeFileAtomically(file, text);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new OutputError(file, code, error);
  }
}

/** Makes a profile the default one; see `setDefaultProfile` of library.ts. */
export async function setDefaultProfile(name: string, options: LoadOptions): Promise<string> {
  const found = await loadProfiles(options);
  findProfile(found, name);
  await editFile(found.file, [{ path: ['defaultProfile'], value: name }]);
  return found.file;
}

/** Removes a profile; see `removeProfile` of library.ts. */
export async function removeProfile(name: string, options: LoadOptions): Promise<string> {
  const found = await loadProfiles(options);
  const { isDefault } = findProfile(found, name);
  await editFile(found.file, [
    { path: ['profiles', name], value: undefined },
    ...(isDefault ? [{ path: ['defaultProfile'], value: undefined }] : []),
  ]);
  return found.file;
}
