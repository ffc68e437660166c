import type { Settings } from '@rollcall/core';

import type { Arguments } from '../command.ts';
import type { Context } from '../context.ts';
import type { Opened } from '../opening.ts';

/** What the steps learn, each for those after it. */
export interface Case {
  readonly args: Arguments;
  readonly context: Context;
  settings?: Settings;
  opened?: Opened;
  /** The authority's clock minus ours, in milliseconds, where it told. */
  skew?: number;
  /** Null where the token is not one that can be read. */
  claims?: Readonly<Record<string, unknown>> | null;
}

export interface Finding {
  /** `skipped`: could not be examined, and need not be. */
  readonly verdict: 'ok' | 'warning' | 'skipped';
  /** One sentence. */
  readonly says: string;
  /** What to do about it. */
  readonly remedy?: string | undefined;
}

/** One thing that must be right before a user can be read. Throws when it is not. */
export interface Step {
  readonly name: string;
  examine(about: Case): Promise<Finding>;
}

/** What an earlier step must have found. */
export function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError('a step ran before the one it needs');
  return value;
}
