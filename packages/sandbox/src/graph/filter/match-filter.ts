import type { User } from '../../directory/people.ts';
import type { UserValue } from '../../directory/user-values.ts';
import type { FilterMode } from './check-filter.ts';
import type {
  Comparison,
  FilterExpression,
  Literal,
  Path,
  StringFunction,
} from './filter-expression.ts';
import { stringOrders } from './string-order.ts';

export type UserTest = (user: User) => boolean;

/** Tests a user or, inside a lambda, one item of a collection. */
type Test = (user: User, item: UserValue) => boolean;
type Read = (user: User, item: UserValue) => UserValue;

function memberOf(value: UserValue, name: string): UserValue {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  return (value as Readonly<Record<string, UserValue>>)[name] ?? null;
}

function reader(path: Path, variable: string | undefined): Read {
  const [first, member] = path;
  const start: Read =
    variable !== undefined && first === variable
      ? (_, item) => item
      : (user) => user.value(first as Parameters<User['value']>[0]);
  return member === undefined ? start : (user, item) => memberOf(start(user, item), member);
}

function items(value: UserValue): readonly UserValue[] {
  return Array.isArray(value) ? (value as readonly UserValue[]) : [];
}

/** Negative, zero, positive; undefined when the two cannot be ordered, as nothing can with null. */
function ordering(
  literal: Literal,
  comparer: FilterMode['unsettled']['comparer'],
): (value: UserValue) => number | undefined {
  if (literal.type === 'string') {
    const order = stringOrders[comparer](literal.value);
    return (value) => (typeof value === 'string' ? order(value) : undefined);
  }
  const instant = literal.type === 'dateTime' ? Date.parse(literal.text) : Number.NaN;
  return (value) => (typeof value === 'string' ? Date.parse(value) - instant : undefined);
}

/** Graph compares strings without case (observed on userPrincipalName and displayName, S15). */
function equality(literal: Literal): (value: UserValue) => boolean {
  if (literal.type === 'null') return (value) => value === null;
  if (literal.type === 'boolean') return (value) => value === literal.value;
  if (literal.type === 'dateTime') {
    const instant = Date.parse(literal.text);
    return (value) => typeof value === 'string' && Date.parse(value) === instant;
  }
  const wanted = (literal.type === 'string' ? literal.value : literal.text).toLowerCase();
  return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
}

const orderings = {
  ge: (difference) => difference >= 0,
  le: (difference) => difference <= 0,
  gt: (difference) => difference > 0,
  lt: (difference) => difference < 0,
} satisfies { [name in Comparison]?: (difference: number) => boolean };

const functions = {
  startsWith: (value, part) => value.startsWith(part),
  endsWith: (value, part) => value.endsWith(part),
  contains: (value, part) => value.includes(part),
} satisfies Record<StringFunction, (value: string, part: string) => boolean>;

function comparison(
  { operator, path, literal }: Extract<FilterExpression, { kind: 'compare' }>,
  variable: string | undefined,
  { advanced, unsettled }: FilterMode,
): Test {
  const read = reader(path, variable);
  if (operator === 'eq' || operator === 'ne') {
    const equal = equality(literal);
    return (user, item) => equal(read(user, item)) === (operator === 'eq');
  }
  const choice = unsettled[advanced ? 'principalNameRangeAdvanced' : 'principalNameRange'];
  if (path[0] === 'userPrincipalName' && choice === 'ignored') return () => true;
  const compare = ordering(literal, unsettled.comparer);
  const holds = orderings[operator];
  return (user, item) => {
    const difference = compare(read(user, item));
    return difference !== undefined && holds(difference);
  };
}

type Compilers = {
  readonly [Kind in FilterExpression['kind']]: (
    expression: Extract<FilterExpression, { kind: Kind }>,
    variable: string | undefined,
    mode: FilterMode,
  ) => Test;
};

const compilers: Compilers = {
  and({ left, right }, variable, mode) {
    const [a, b] = [compile(left, variable, mode), compile(right, variable, mode)];
    return (user, item) => a(user, item) && b(user, item);
  },
  or({ left, right }, variable, mode) {
    const [a, b] = [compile(left, variable, mode), compile(right, variable, mode)];
    return (user, item) => a(user, item) || b(user, item);
  },
  not({ operand }, variable, mode) {
    const test = compile(operand, variable, mode);
    return (user, item) => !test(user, item);
  },
  compare: comparison,
  in({ path, literals }, variable) {
    const read = reader(path, variable);
    const tests = literals.map(equality);
    return (user, item) => {
      const value = read(user, item);
      return tests.some((test) => test(value));
    };
  },
  function({ name, path, value }, variable) {
    const read = reader(path, variable);
    const holds = functions[name];
    const part = value.toLowerCase();
    return (user, item) => {
      const text = read(user, item);
      return typeof text === 'string' && holds(text.toLowerCase(), part);
    };
  },
  count({ path, operator, value }, variable) {
    const read = reader(path, variable);
    return (user, item) => (items(read(user, item)).length === value) === (operator === 'eq');
  },
  lambda({ path, variable: inner, body }, variable, mode) {
    const read = reader(path, variable);
    if (body === undefined) return (user, item) => items(read(user, item)).length > 0;
    const test = compile(body, inner, mode);
    return (user, item) => items(read(user, item)).some((each) => test(user, each));
  },
};

function compile(
  expression: FilterExpression,
  variable: string | undefined,
  mode: FilterMode,
): Test {
  const compiler = compilers[expression.kind] as (
    expression: FilterExpression,
    variable: string | undefined,
    mode: FilterMode,
  ) => Test;
  return compiler(expression, variable, mode);
}

/** Turns a filter that `checkFilter` passed into a test of one user. */
export function matchFilter(expression: FilterExpression, mode: FilterMode): UserTest {
  const test = compile(expression, undefined, mode);
  return (user) => test(user, null);
}
