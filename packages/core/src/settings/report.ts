import type { SettingsIssue } from '../errors/settings-error.ts';

/** What is wrong with a value, before it is said whose. */
export interface Problem {
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

export type Checked<Value> =
  | { readonly value: Value; readonly problem?: undefined }
  | { readonly problem: Problem };

/** Where reading and checking leave what they notice, so that nothing stops at the first mistake. */
export interface Report {
  mistake(issue: SettingsIssue): void;
  warning(issue: SettingsIssue): void;
}

export interface CollectedReport extends Report {
  readonly mistakes: readonly SettingsIssue[];
  readonly warnings: readonly SettingsIssue[];
}

export function collectReport(): CollectedReport {
  const mistakes: SettingsIssue[] = [];
  const warnings: SettingsIssue[] = [];
  return {
    mistakes,
    warnings,
    mistake: (issue) => void mistakes.push(issue),
    warning: (issue) => void warnings.push(issue),
  };
}
