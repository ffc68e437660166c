import type { z } from 'zod';

import type { SettingsIssue } from '../../errors/settings-error.ts';
import { nearestName } from '../../nearest-name.ts';

/** What a schema needs to know to tell its complaints as ours. */
export interface SchemaContext {
  /** Before every path: `credential`, or nothing. */
  readonly prefix?: string | undefined;
  /** Keys that a slip may have been meant to be. */
  readonly names: readonly string[];
  /** Where the value at a path, in the schema's own terms, was written. */
  sourceOf(path: string): string;
}

/** A key as it may be printed: a stray one can hold anything, or nothing. */
function shown(key: string): string {
  if (key.trim() === '') return '""';
  const printable = key.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?');
  return printable.length > 40 ? `${printable.slice(0, 40)}…` : printable;
}

function unknownKey(
  key: string,
  path: string,
  context: SchemaContext,
): Omit<SettingsIssue, 'path'> {
  const nearest = nearestName(key, context.names);
  return {
    source: context.sourceOf(path),
    message: `there is no setting ${shown(key)}`,
    hint:
      nearest === undefined
        ? 'Remove it; `rollcall config schema` lists the settings.'
        : `Did you mean ${nearest}?`,
  };
}

function dotted(...parts: readonly PropertyKey[]): string {
  return parts.map(String).join('.');
}

/** Our schemas word most of their complaints; zod's own wording may not repeat the input, and does not. */
function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small' && issue.origin === 'string') return 'is empty';
  return issue.message.replace(/^Invalid input: expected (\w+).*$/u, 'must be a $1');
}

/** The schema's complaints as settings issues: no value is ever in them. */
export function schemaMistakes(
  error: z.ZodError,
  context: SchemaContext,
): readonly SettingsIssue[] {
  const full = (path: string): string =>
    [context.prefix, path].filter((part) => part !== undefined && part !== '').join('.');
  return error.issues.flatMap((issue): readonly SettingsIssue[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const path = dotted(...issue.path, key);
        return { path: full(shown(path)), ...unknownKey(key, path, context) };
      });
    }
    const path = dotted(...issue.path);
    const hint = 'See `rollcall config schema` for what each setting takes.';
    return [{ path: full(path), source: context.sourceOf(path), message: sentence(issue), hint }];
  });
}
