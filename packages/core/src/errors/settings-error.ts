import { DirectoryError } from './directory-error.ts';
import type { Remedy } from './remedies.ts';

/** A problem of one setting. */
export interface SettingsIssue {
  /** The setting, as a dotted path in the native form: `credential.secret`. */
  readonly path: string;
  /**
   * The source of the value: `--tenant`, `AZURE_TENANT_ID`, `parameters.json:3:17`, `.env:2`; absent when it is not
   * set.
   */
  readonly source?: string | undefined;
  readonly message: string;
  /** What to do, for users of the library. */
  readonly hint: string;
  /** The same as a code, where front ends word it differently. */
  readonly remedy?: Remedy | undefined;
}

/** A problem that does not prevent the use of the settings; it always concerns a value that is set. */
export interface SettingsWarning extends SettingsIssue {
  readonly source: string;
}

function sentence({ path, source, message }: SettingsIssue): string {
  return source === undefined ? `${path}: ${message}` : `${path} (${source}): ${message}`;
}

/**
 * The settings are invalid. Carries every problem that was found, not only the first; thrown before any socket is
 * opened.
 */
export class SettingsError extends DirectoryError {
  override readonly name = 'SettingsError';
  readonly issues: readonly SettingsIssue[];

  constructor(issues: readonly SettingsIssue[], cause?: unknown) {
    const [only, ...others] = issues;
    const count = others.length === 0 ? '' : ` (${issues.length} errors)`;
    super('E_SETTINGS', `Invalid configuration${count}: ${issues.map(sentence).join('; ')}`, {
      hint:
        only !== undefined && others.length === 0
          ? (only.remedy ?? only.hint)
          : { code: 'correct-settings' },
      cause,
    });
    this.issues = issues;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), issues: this.issues };
  }
}
