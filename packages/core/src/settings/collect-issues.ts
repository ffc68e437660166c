import type { SettingsIssue, SettingsWarning } from '../errors/settings-error.ts';

/** What is wrong with a value, without the setting and its source. */
export interface Problem {
  readonly message: string;
  /** What to do about it: one or two sentences in the imperative. */
  readonly hint: string;
}

/** The result of checking one value. */
export type Checked<Value> =
  | { readonly value: Value; readonly problem?: undefined }
  | { readonly problem: Problem };

/** Receives the problems of all settings, so that reading and checking do not stop at the first one. */
export interface IssueReport {
  /** Reports a problem with which the settings cannot be used. */
  error(issue: SettingsIssue): void;
  /** Reports a problem that does not prevent the use of the settings. */
  warning(issue: SettingsWarning): void;
}

export interface CollectedIssues extends IssueReport {
  readonly errors: readonly SettingsIssue[];
  readonly warnings: readonly SettingsWarning[];
}

/** Returns a report that keeps its issues in order. */
export function collectIssues(): CollectedIssues {
  const errors: SettingsIssue[] = [];
  const warnings: SettingsWarning[] = [];
  return {
    errors,
    warnings,
    error: (issue) => void errors.push(issue),
    warning: (issue) => void warnings.push(issue),
  };
}
