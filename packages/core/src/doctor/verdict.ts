import type { ErrorCode } from '../errors/codes.ts';
import type { Remedy } from '../errors/remedies.ts';
import type { SettingsIssue } from '../errors/settings-error.ts';
import type { StepName } from './step-names.ts';

/** A plain value: never a secret, a token or a header. */
export type Fact =
  | string
  | number
  | boolean
  | null
  | readonly Fact[]
  | { readonly [name: string]: Fact };

/** What one step found, when it did not fail. */
export interface StepResult {
  /**
   * `warning`: it works, but should be looked at. `skipped`: the step does not apply here; `message` has the reason.
   */
  readonly verdict: 'ok' | 'warning' | 'skipped';
  /** For people: one or two sentences. */
  readonly message: string;
  /** What to do about a warning. */
  readonly hint?: string | Remedy | undefined;
  /** The same for programs: days until a certificate expires, roles, lifetimes, addresses … */
  readonly facts?: Readonly<Record<string, Fact>> | undefined;
}

/** The verdict on one step. */
export interface Verdict extends Omit<StepResult, 'verdict' | 'hint'> {
  readonly step: StepName;
  /** `not-run`: a step before it failed, so that it could only repeat the failure. */
  readonly verdict: StepResult['verdict'] | 'failed' | 'not-run';
  /** What to do, as a sentence for users of the library. */
  readonly hint?: string | undefined;
  /** The same as a code with parameters, for a front end with a wording of its own. */
  readonly remedy?: Remedy | undefined;
  /** Duration of the step; null when it was not run. */
  readonly milliseconds: number | null;
  /** The code of the error when the step failed. `E_INTERNAL` is a bug in this project. */
  readonly code?: ErrorCode | 'E_INTERNAL' | undefined;
  /** The exit code for a program that ends because of the failure. */
  readonly exitCode?: number | undefined;
  /** The service's id of the request that failed, for its support. */
  readonly requestId?: string | undefined;
  /** The AADSTS number of the identity platform. */
  readonly aadsts?: number | undefined;
  /** Each problem of the settings, with its source. */
  readonly issues?: readonly SettingsIssue[] | undefined;
}
