import { DirectoryError } from './directory-error.ts';

/** One mistake in the settings. */
export interface SettingsIssue {
  /** The setting, as a dotted path in the native form: `credential.secret`. */
  readonly path: string;
  /** Where the value came from: `--tenant`, `AZURE_TENANT_ID`, `parameters.json:3:17`, `.env:2`, or `nowhere` when missing. */
  readonly source: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

function sentence(issue: SettingsIssue): string {
  return `${issue.path} (${issue.source}): ${issue.message}`;
}

/** The settings cannot be used. Carries every mistake found, not the first; thrown before any socket is opened. */
export class SettingsError extends DirectoryError {
  override readonly name = 'SettingsError';
  readonly issues: readonly SettingsIssue[];

  constructor(issues: readonly SettingsIssue[], cause?: unknown) {
    const [only] = issues;
    super(
      'E_SETTINGS',
      issues.length === 1 && only !== undefined
        ? `The settings cannot be used: ${sentence(only)}`
        : `The settings cannot be used, for ${issues.length} reasons: ${issues.map(sentence).join('; ')}`,
      {
        hint:
          issues.length === 1 && only !== undefined
            ? only.hint
            : 'Correct every setting listed; `rollcall config check` shows them again.',
        cause,
      },
    );
    this.issues = issues;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), issues: this.issues };
  }
}
