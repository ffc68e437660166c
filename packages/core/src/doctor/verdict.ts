import type { ErrorCode } from '../errors/codes.ts';
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

/** What one step found. */
export interface Finding {
  /**
   * `warning`: it works, and somebody should look at it all the same. `skipped`: it cannot be tried here and need not be, and
   * `says` has the reason.
   */
  readonly verdict: 'ok' | 'warning' | 'skipped';
  /** For people: a sentence or two. */
  readonly says: string;
  /** What to do about a warning. */
  readonly remedy?: string | undefined;
  /** The same for programs: days left on a certificate, roles, lifetimes, addresses … */
  readonly facts?: Readonly<Record<string, Fact>> | undefined;
}

/** What the doctor says of one step. */
export interface Verdict extends Omit<Finding, 'verdict'> {
  readonly step: StepName;
  /** `not-tried`: a step before it failed, and it could only repeat what that one said. */
  readonly verdict: Finding['verdict'] | 'failed' | 'not-tried';
  /** How long it took; null where it was not tried. */
  readonly milliseconds: number | null;
  /** Of a step that failed. `E_INTERNAL` is a mistake of ours. */
  readonly code?: ErrorCode | 'E_INTERNAL' | undefined;
  /** Of a step that failed: what a program that stops here should exit with. */
  readonly exitCode?: number | undefined;
  /** The service's name for the request that failed, for its support. */
  readonly requestId?: string | undefined;
  /** The identity platform's number, for people to look up. */
  readonly aadsts?: number | undefined;
  /** Where settings are wrong: each mistake with its place. */
  readonly issues?: readonly SettingsIssue[] | undefined;
}
