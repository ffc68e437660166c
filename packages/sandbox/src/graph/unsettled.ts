/**
 * What no source settles (`UNVERIFIED` in docs/fidelity.md): the first choice is the default, the others are there so
 * that a client can be tried against each.
 */
export const unsettledChoices = {
  /**
   * `userPrincipalName ge/le` in default mode: the resource page and two samples by Microsoft's own people say it
   * works, the support table leaves it out. `ignored` is the documented silent failure: the clause holds for all users.
   */
  principalNameRange: ['accepted', 'refused', 'ignored'],
  /** The same with `ConsistencyLevel: eventual` and `$count=true`. */
  principalNameRangeAdvanced: ['refused', 'accepted', 'ignored'],
  /** How `ge` and `le` compare strings: by code unit, after folding case, or as a reader of English sorts. */
  comparer: ['ignore-case', 'ordinal', 'culture'],
  /** `ge`/`le` on the other strings for which only the resource page claims it. */
  otherStringRanges: ['refused', 'accepted'],
  /** Of `Could not find a property named 'x' …` in `$filter`. */
  unknownPropertyCode: ['BadRequest', 'Request_UnsupportedQuery'],
  /** Words for a clause that the directory has no index for. */
  unindexedText: ['2023', '2021'],
  /** `$orderby=userPrincipalName desc`: Microsoft shows `desc` for displayName only. */
  principalNameDescending: ['accepted', 'refused'],
  /** Whether the next token of a page that was asked for twice still works (2.2). */
  retriedPageTokens: ['valid', 'not-found'],
  /** How full pages before the last are: Graph may send fewer users than asked for, or none. */
  pageFill: ['full', 'short', 'empty'],
  /** How an expired delta token is answered (section 4). */
  expiredDelta: ['reset', 'syncStateNotFound'],
  /**
   * Who changed comes with all that is tracked, or with "at least the properties that have been updated" (section 4).
   */
  changedItems: ['whole', 'patch'],
  /**
   * The members of a group with the cast `/microsoft.graph.user` in default mode: the reference asks for an advanced
   * query, and many published scripts send none.
   */
  memberCast: ['accepted', 'refused'],
  /** Without Entra ID P1 or P2, and in B2C tenants, `signInActivity` is refused. */
  tenantLicense: ['premium', 'free'],
  /** External ID (external) and B2C tenants have no delta query. */
  tenantKind: ['workforce', 'external'],
} as const;

type Choices = typeof unsettledChoices;

export type Unsettled = { readonly [name in keyof Choices]: Choices[name][number] };

/**
 * Checks choices that come from outside, such as the control port.
 * @throws {TypeError} that names the choice that is none
 */
export function readChoices(value: unknown): Partial<Unsettled> {
  if (typeof value !== 'object' || value === null)
    throw new TypeError('Expected an object of choices');
  for (const [name, choice] of Object.entries(value)) {
    const choices = Object.hasOwn(unsettledChoices, name)
      ? (unsettledChoices[name as keyof Choices] as readonly unknown[])
      : undefined;
    if (choices === undefined) throw new TypeError(`Unknown choice '${name}'`);
    if (!choices.includes(choice)) throw new TypeError(`${name} is one of ${choices.join(', ')}`);
  }
  return value;
}

/** Defaults, with what was chosen otherwise. */
export function settle(chosen: Partial<Unsettled> = {}): Unsettled {
  const defaults = Object.fromEntries(
    Object.entries(unsettledChoices).map(([name, choices]) => [name, choices[0]]),
  );
  return { ...defaults, ...chosen } as Unsettled;
}
