import type { FlagValues } from './sources/flags.ts';

/** Options of `loadSettings`. */
export interface LoadOptions {
  /** The values of the command line, by flag without dashes; see `settingsFlags`. */
  readonly flags?: FlagValues | undefined;
  /** `process.env` when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** The working directory: relative paths of flags start from it. No file is read because it is in it. */
  readonly cwd?: string | undefined;
  /**
   * The path of the user's own configuration file; not read when absent. Its default profile has the lowest precedence,
   * and a profile that is named is read from it.
   */
  readonly userConfigFile?: string | undefined;
}
