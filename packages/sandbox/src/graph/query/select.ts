import {
  singleUserProperties,
  userProperties,
  type UserPropertyName,
} from '../../directory/user-values.ts';
import { badRequest, GraphError } from '../graph-error.ts';
import { spelled } from '../property-spelling.ts';

/** The 11 properties of an answer without `$select` (S1, S19). */
const defaultProperties: readonly UserPropertyName[] = userProperties.slice(0, 11);

const singleUserOnly: ReadonlySet<string> = new Set(singleUserProperties);

const known: ReadonlySet<string> = new Set(userProperties);

export interface Selection {
  /** undefined without `$select`. */
  readonly written: readonly string[] | undefined;
  readonly properties: readonly UserPropertyName[];
  /** Selected properties of the single user that the sandbox keeps empty. */
  readonly empty: readonly string[];
}

/** `*` leaves out what needs a permission of its own. */
const onlyWhenNamed: ReadonlySet<string> = new Set([
  'customSecurityAttributes',
  'employeeLeaveDateTime',
  'signInActivity',
]);
const everything = userProperties.filter((name) => !onlyWhenNamed.has(name));

/**
 * @throws {GraphError} 501 when a collection is asked for what only a single user has; 400 for an unknown property
 */
export function parseSelect(text: string | undefined, scope: 'collection' | 'single'): Selection {
  if (text === undefined || text.trim() === '') {
    return { written: undefined, properties: defaultProperties, empty: [] };
  }
  const written = [...new Set(text.split(',').map((name) => spelled(name.trim())))];
  if (written.includes('*')) return { written: ['*'], properties: everything, empty: [] };
  const empty = written.filter((name) => singleUserOnly.has(name));
  if (empty.length > 0 && scope === 'collection') {
    throw new GraphError(501, 'NotImplemented', 'This operation target is not yet supported.');
  }
  const unknown = written.find((name) => !known.has(name) && !singleUserOnly.has(name));
  if (unknown !== undefined) {
    throw badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.user'.`,
    );
  }
  return {
    written,
    properties: written.filter((name) => known.has(name)) as UserPropertyName[],
    empty,
  };
}

/** The fragment of `@odata.context` after `#users`. */
export function selectContext({ written }: Pick<Selection, 'written'>): string {
  return written === undefined ? '' : `(${written.join(',')})`;
}
