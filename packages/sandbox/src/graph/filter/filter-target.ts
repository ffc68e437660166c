import { userProperties, type UserPropertyName } from '../../directory/user-values.ts';
import { badRequest, GraphError } from '../graph-error.ts';
import type { Unsettled } from '../unsettled.ts';
import type { Literal, Path } from './filter-expression.ts';
import {
  filterSupport,
  nestedCollections,
  nestedMembers,
  type FilterSupport,
} from './filter-support.ts';

/** What a clause of a filter is about. */
export interface FilterTarget {
  readonly property: UserPropertyName;
  readonly member: string | undefined;
  readonly support: FilterSupport;
}

/** A lambda whose body is being read: paths begin with `variable` and mean an item of `property`. */
export interface LambdaScope {
  readonly variable: string;
  readonly property: UserPropertyName;
}

const unfilterable: FilterSupport = { type: 'string' };

function unknownProperty(name: string, type: string, unsettled: Unsettled): GraphError {
  return new GraphError(
    400,
    unsettled.unknownPropertyCode,
    `Could not find a property named '${name}' on type '${type}'.`,
  );
}

function findProperty(name: string, unsettled: Unsettled): UserPropertyName {
  const found = userProperties.find((known) => known === name);
  if (found === undefined) throw unknownProperty(name, 'microsoft.graph.user', unsettled);
  return found;
}

function supportOf(property: UserPropertyName): FilterSupport {
  const rows: { readonly [name in UserPropertyName]?: FilterSupport } = filterSupport;
  return rows[property] ?? unfilterable;
}

/** @throws {GraphError} 400 for a path that leads nowhere */
export function resolveTarget(
  path: Path,
  scope: LambdaScope | undefined,
  unsettled: Unsettled,
): FilterTarget {
  const [first = '', member, ...more] = path;
  if (scope !== undefined && first === scope.variable) {
    const whole = supportOf(scope.property);
    const { members = {} } = whole;
    const type = Object.hasOwn(members, member ?? '') ? members[member ?? ''] : undefined;
    const support = type === undefined ? whole : { ...whole, type };
    if ((type === undefined && (member ?? '') !== whole.item) || more.length > 0) {
      throw unknownProperty(member ?? first, `microsoft.graph.${scope.property}`, unsettled);
    }
    return { property: scope.property, member: member ?? undefined, support };
  }
  const property = findProperty(first, unsettled);
  const nested = nestedMembers[property];
  if (more.length > 0 || (member !== undefined && nested?.test(member) !== true)) {
    throw unknownProperty(more[0] ?? member ?? '', `microsoft.graph.${property}`, unsettled);
  }
  const support = supportOf(property);
  if (support.item !== undefined || (nested !== undefined && member === undefined)) {
    throw badRequest(
      `Invalid filter clause: The property '${property}' is not a single primitive value.`,
    );
  }
  return { property, member, support };
}

/** Whether the property is a complex value around its collection. */
function isNestedOnly(property: UserPropertyName): boolean {
  return [...nestedCollections].some((path) => path.startsWith(`${property}/`));
}

/** @throws {GraphError} 400 when the path is not a collection */
export function resolveCollection(path: Path, unsettled: Unsettled): UserPropertyName {
  const whole = path.join('/');
  if (nestedCollections.has(whole)) return findProperty(path[0] ?? '', unsettled);
  const property = findProperty(whole, unsettled);
  if (supportOf(property).item === undefined || isNestedOnly(property)) {
    throw badRequest('Invalid filter clause: Any/All may only be used following a collection.');
  }
  return property;
}

const edm = {
  string: 'Edm.String',
  boolean: 'Edm.Boolean',
  dateTime: 'Edm.DateTimeOffset',
  guid: 'Edm.Guid',
  number: 'Edm.Int32',
  date: 'Edm.Date',
} as const;

/**
 * Returns the type of a literal that is written like a date. A day that the calendar does not have is not a date
 * (wording UNVERIFIED); employeeHireDate does not take a date without a time (docs-contrib #1961).
 */
function dateTypeOf(text: string, { dateOnly }: FilterSupport): 'dateTime' | 'date' | 'string' {
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(midnight) && new Date(midnight).toISOString().slice(0, 10) === day;
  if (!exists || Number.isNaN(Date.parse(text))) return 'string';
  return text.length === 10 && dateOnly === false ? 'date' : 'dateTime';
}

const kinds = {
  eq: 'Equal',
  ne: 'NotEqual',
  ge: 'GreaterThanOrEqual',
  le: 'LessThanOrEqual',
  gt: 'GreaterThan',
  lt: 'LessThan',
} as const;

/** @throws {GraphError} 400 in OData's words when property and literal cannot be compared */
export function requireSameType(
  { support }: FilterTarget,
  literal: Literal,
  operator: keyof typeof kinds,
): void {
  if (literal.type === 'null') return;
  const found = literal.type === 'dateTime' ? dateTypeOf(literal.text, support) : literal.type;
  if (found === support.type) return;
  throw badRequest(
    `Invalid filter clause: A binary operator with incompatible types was detected. Found operand types '${edm[support.type]}' and '${edm[found]}' for operator kind '${kinds[operator]}'.`,
  );
}
