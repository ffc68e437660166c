import type { QueryIssue } from '../errors/query-error.ts';
import { defaultProperties } from './default-properties.ts';

export const neverSignedInChoices = ['include', 'only', 'exclude'] as const;
export const evidenceChoices = ['sign-in', 'password-change'] as const;

/**
 * Selects the users without activity for some time. Graph cannot: users who never signed in match no filter by sign-in
 * activity, so that all users are read and selected locally.
 */
export interface Inactivity {
  /** The number of days without activity, before the listing began. */
  readonly days: number;
  /**
   * Whether users who never signed in belong to the selection: `include` (the default), `only` or `exclude`. They must
   * have been created before those days in any case.
   */
  readonly neverSignedIn?: (typeof neverSignedInChoices)[number] | undefined;
  /**
   * What counts as activity: a sign-in (the default), which requires Entra ID P1 or P2 and AuditLog.Read.All, or
   * `password-change`, which every tenant has and which says less.
   */
  readonly evidence?: (typeof evidenceChoices)[number] | undefined;
}

/** The properties that the selection reads, by its evidence. */
const readProperties: Readonly<Record<(typeof evidenceChoices)[number], readonly string[]>> = {
  'sign-in': ['createdDateTime', 'signInActivity'],
  'password-change': ['createdDateTime', 'lastPasswordChangeDateTime'],
};

function issue(message: string, hint: string): QueryIssue {
  return { part: 'inactive', message, hint };
}

function choiceIssues(name: string, value: unknown, choices: readonly string[]): QueryIssue[] {
  return value === undefined || choices.includes(value as string)
    ? []
    : [issue(`${name} must be one of ${choices.join(', ')}`, `Use ${choices.join(', ')}.`)];
}

/** Checks the selection that a program passes. @returns every problem */
export function inactivityIssues(value: unknown): readonly QueryIssue[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [issue('must be an object', 'Pass an object such as { days: 90 }.')];
  const { days, neverSignedIn, evidence, ...others } = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(others).filter((name) => others[name] !== undefined);
  const isWhole = Number.isSafeInteger(days) && Number(days) >= 1 && Number(days) <= 36_500;
  return [
    ...unknown.map((name) =>
      issue(
        `unknown option ${JSON.stringify(name.slice(0, 40))}`,
        'The options are days, neverSignedIn, evidence.',
      ),
    ),
    ...(isWhole ? [] : [issue('days must be a whole number from 1 to 36500', 'Example: 90.')]),
    ...choiceIssues('neverSignedIn', neverSignedIn, neverSignedInChoices),
    ...choiceIssues('evidence', evidence, evidenceChoices),
    ...(evidence === 'password-change' && neverSignedIn !== undefined
      ? [
          issue(
            'neverSignedIn requires the evidence sign-in',
            'Remove one of them: a password change does not tell whether a user signed in.',
          ),
        ]
      : []),
  ];
}

/** Returns the properties that a selection of inactive users needs. */
export function inactivityProperties({
  inactive,
}: {
  readonly inactive?: Inactivity | undefined;
}): readonly string[] {
  return inactive === undefined ? [] : readProperties[inactive.evidence ?? 'sign-in'];
}

/** Returns a query that also selects what the selection of inactive users reads. */
export function withInactivitySelect<
  Query extends {
    readonly inactive?: Inactivity | undefined;
    readonly select?: readonly string[] | undefined;
  },
>(query: Query): Query {
  const needed = inactivityProperties(query);
  if (needed.length === 0) return query;
  const { select = [] } = query;
  const own = select.length > 0 ? select : defaultProperties;
  return { ...query, select: [...new Set([...own, ...needed])] };
}

interface ActiveUser {
  readonly createdDateTime?: string | null | undefined;
  readonly lastPasswordChangeDateTime?: string | null | undefined;
  readonly signInActivity?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A time in milliseconds; undefined when there is none. Graph also writes year 0001 for "never". */
function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) || time <= 0 ? undefined : time;
}

/** The last sign-in of any kind, with or without interaction. */
function lastSignIn({ signInActivity }: ActiveUser): number | undefined {
  const times = Object.entries(signInActivity ?? {}).flatMap(([name, value]) =>
    name.endsWith('DateTime') ? (timeOf(value) ?? []) : [],
  );
  return times.length === 0 ? undefined : Math.max(...times);
}

/** @param now when the listing began, in milliseconds since 1970 */
export function isInactive(
  user: ActiveUser,
  { days, neverSignedIn = 'include', evidence = 'sign-in' }: Inactivity,
  now: number,
): boolean {
  const since = now - days * 86_400_000;
  const created = timeOf(user.createdDateTime);
  // Users whose time of creation is unknown are older than the records of Graph.
  const isOld = created === undefined || created < since;
  const last = evidence === 'sign-in' ? lastSignIn(user) : timeOf(user.lastPasswordChangeDateTime);
  if (last === undefined) return isOld && neverSignedIn !== 'exclude';
  return last < since && neverSignedIn !== 'only';
}
