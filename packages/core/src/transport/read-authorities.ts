import { readFile } from 'node:fs/promises';

import { SettingsError } from '../errors/settings-error.ts';

/**
 * The certificates to trust beside those that Node trusts already, as PEM text.
 * @throws {SettingsError} when the file cannot be read
 */
export async function readAuthorities(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new SettingsError(
      [
        {
          path: 'caFile',
          source: file,
          message: 'cannot be read',
          hint: 'Give the path of a PEM file with the certificates to trust.',
        },
      ],
      error,
    );
  }
}
