import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

import { SettingsError, type SettingsIssue } from '../../errors/settings-error.ts';
import type { LoadOptions } from '../load-options.ts';
import { loadSettings } from '../load-settings.ts';
import type { Settings } from '../settings.ts';

/** The issues of rejected settings, and everything that can be printed of the error. */
export interface Rejection {
  readonly issues: readonly SettingsIssue[];
  readonly printed: string;
}

/** An empty working directory with an empty environment. `--config` names a configuration file that is written. */
export interface SettingsFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes a file; an object as JSON. */
  write(name: string, content: string | Uint8Array | object, mode?: number): Promise<void>;
  load(options?: LoadOptions): Promise<Settings>;
  /** Loads settings that must be rejected. */
  rejection(options?: LoadOptions): Promise<Rejection>;
  /** The same, with one line for each issue: `path (source): message`. */
  issues(options?: LoadOptions): Promise<readonly string[]>;
}

export async function settingsFolder(): Promise<SettingsFolder> {
  const path = await mkdtemp(join(tmpdir(), 'rollcall-settings-'));
  const load = (options: LoadOptions = {}): Promise<Settings> => {
    const config = ['rollcall.json', 'parameters.json'].find((name) =>
      existsSync(join(path, name)),
    );
    const isNamed = options.environment?.['ROLLCALL_CONFIG'] !== undefined;
    const flags = isNamed || config === undefined ? options.flags : { config, ...options.flags };
    return loadSettings({ environment: {}, cwd: path, ...options, flags });
  };
  const rejection = async (options?: LoadOptions): Promise<Rejection> => {
    let settings: Settings;
    try {
      settings = await load(options);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      const printed = [error.stack, JSON.stringify(error), inspect(error, { depth: 9 })];
      return { issues: error.issues, printed: printed.join('\n') };
    }
    throw new Error(`the settings were accepted: ${inspect(settings)}`);
  };
  return {
    path,
    load,
    rejection,
    async issues(options) {
      const { issues } = await rejection(options);
      return issues.map(
        (issue) => `${issue.path} (${issue.source ?? 'not set'}): ${issue.message}`,
      );
    },
    write: (name, content, mode = 0o600) =>
      writeFile(
        join(path, name),
        typeof content === 'string' || content instanceof Uint8Array
          ? content
          : JSON.stringify(content, null, 2),
        { mode },
      ),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

export const tenant = 'c1f1a3f6-7b63-4a8e-9b7f-3f1c1c1d7a10';
export const clientId = '6f1b7a52-9f0e-4d7a-8f44-0c3d6a1b2c3d';

/** Valid settings in the native form. */
export const sound = {
  tenant,
  clientId,
  credential: { kind: 'client-secret', secret: 'canary~secret' },
};
