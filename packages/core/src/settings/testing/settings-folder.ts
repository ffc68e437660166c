import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SettingsError, type SettingsIssue } from '../../errors/settings-error.ts';
import { loadSettings, type LoadOptions } from '../load-settings.ts';
import type { Settings } from '../settings.ts';

/** An empty folder to run in, with an empty environment. */
export interface SettingsFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes a file; objects as JSON. */
  write(name: string, content: string | Uint8Array | object): Promise<void>;
  load(options?: LoadOptions): Promise<Settings>;
  /** The mistakes that loading ends with. */
  mistakes(options?: LoadOptions): Promise<readonly SettingsIssue[]>;
}

export async function settingsFolder(): Promise<SettingsFolder> {
  const path = await mkdtemp(join(tmpdir(), 'rollcall-settings-'));
  const load = (options: LoadOptions = {}): Promise<Settings> =>
    loadSettings({ environment: {}, folder: path, ...options });
  return {
    path,
    load,
    write: (name, content) =>
      writeFile(
        join(path, name),
        typeof content === 'string' || content instanceof Uint8Array
          ? content
          : JSON.stringify(content, null, 2),
      ),
    async mistakes(options) {
      try {
        await load(options);
      } catch (error) {
        if (error instanceof SettingsError) return error.issues;
        throw error;
      }
      throw new Error('the settings were accepted');
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

export const tenant = 'c1f1a3f6-7b63-4a8e-9b7f-3f1c1c1d7a10';
export const clientId = '6f1b7a52-9f0e-4d7a-8f44-0c3d6a1b2c3d';
