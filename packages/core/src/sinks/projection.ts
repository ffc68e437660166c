import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath';
import type { User } from '@microsoft/microsoft-graph-types';

import { QueryError } from '../errors/query-error.ts';
import { withHint } from '../errors/remedies.ts';
import { compareTexts } from './compare-texts.ts';
import { expressionReads } from './expression-reads.ts';
import { growthOf, projectedNames, projectionScope } from './projection-scope.ts';
import type { Format, Sink } from './sink.ts';

/** What is written in place of the users. */
interface Projection {
  /** Applies the expression to each user. */
  readonly project: (users: readonly User[]) => readonly unknown[];
  /** The names of the properties in the result, when the expression itself determines them. */
  readonly names?: readonly string[] | undefined;
  /** The properties of a user that the expression names. */
  readonly reads: readonly string[];
}

/** The longest accepted expression, in characters. */
const longestExpression = 4096;

/** How often an expression can repeat a part of a user in its result; more can take minutes and all memory. */
const mostGrowth = 10_000;

/**
 * Copies a value as JSON would, in objects without a prototype: the expression `constructor` is a property that no user
 * has, not a function.
 */
function withoutPrototype(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototype);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, each] of Object.entries(value))
    if (each !== undefined) copy[key] = withoutPrototype(each);
  return copy;
}

/** Refuses columns that the results do not have, because they would be empty for all users. */
function refuseColumns(columns: readonly string[], known: readonly string[]): void {
  const names = new Set(known);
  const unknown = columns.filter((column) => !names.has(column.split(/[./]/u, 1)[0] ?? column));
  if (unknown.length === 0) return;
  throw new QueryError([
    {
      part: 'columns',
      message: `the result of the JMESPath expression has no ${unknown.join(', ')}; it has ${known.join(', ')}`,
      hint: 'Name each column in the expression, for example {name: displayName}.',
    },
  ]);
}

function fault(cause: unknown): QueryError {
  return new QueryError([
    {
      part: 'query',
      message: `invalid JMESPath expression: ${cause instanceof Error ? cause.message : 'unknown'}`,
      hint: 'See jmespath.org. The expression is evaluated per user. Write texts in single quotes, and other values in backticks: `true`.',
    },
  ]);
}

/**
 * Compiles a JMESPath expression in the forms that `az` and `m365` accept. It is evaluated for each user, so that the
 * result can be streamed: `{name: displayName}` and `[].{name: displayName}` are equal. `[?accountEnabled]` and
 * `accountEnabled == `true`` omit users, as does each expression whose result for a user is null or empty.
 * @throws {QueryError} when the expression is invalid, or needs the whole list
 */
export function compileProjection(expression: string): Projection {
  let tree: ReturnType<typeof compile>;
  try {
    tree = compile(expression);
  } catch (error) {
    throw fault(error);
  }
  if (expression.length > longestExpression || growthOf(tree) > mostGrowth)
    throw new QueryError([
      {
        part: 'query',
        message: 'the JMESPath expression is too complex',
        hint: 'Shorten the expression: nested lists and pipes multiply the size of the result.',
      },
    ]);
  const scope = projectionScope(tree);
  if (scope === 'list')
    throw new QueryError([
      {
        part: 'query',
        message: 'expressions over the whole list are not supported',
        ...withHint({ code: 'write-per-user-expression' }),
      },
    ]);
  const comparable = compareTexts(tree);
  const search = (data: unknown): unknown => {
    try {
      return TreeInterpreter.search(comparable, withoutPrototype(data) as JSONValue);
    } catch (error) {
      throw fault(error);
    }
  };
  const each = (user: User): readonly unknown[] => {
    if (scope === 'each') return (search([user]) ?? []) as readonly unknown[];
    const shaped = search(user);
    if (shaped === null || shaped === undefined || shaped === false) return [];
    return [shaped === true ? user : shaped];
  };
  return {
    project: (users) => users.flatMap(each),
    names: projectedNames(tree),
    reads: expressionReads(tree),
  };
}

/** Tabular formats need columns: a result that is not an object is written in the column `value`. */
function asRow(shaped: unknown): User {
  return typeof shaped === 'object' && shaped !== null && !Array.isArray(shaped)
    ? shaped
    : ({ value: shaped } as User);
}

interface Saved {
  readonly columns: readonly string[];
  /** Absent when the format keeps no state. */
  readonly sink?: unknown;
}

function isSaved(saved: unknown): saved is Saved {
  return typeof saved === 'object' && saved !== null && 'columns' in saved;
}

/**
 * Returns the format with the option `query`, which is applied to the users first. Without columns, those are the names
 * in the expression, or else the properties of the first result: the properties of the users no longer apply.
 */
export function projected(format: Format): Format {
  return {
    ...format,
    createSink({ query, columns, saved, ...options }) {
      if (query === undefined) return format.createSink({ columns, saved, ...options });
      const { project, names: known } = compileProjection(query);
      if (known !== undefined && columns !== undefined) refuseColumns(columns, known);
      let names = isSaved(saved) ? saved.columns : (columns ?? known);
      let sink: Sink | undefined;
      const begin = (): Sink => {
        sink ??= format.createSink({
          ...options,
          columns: names,
          saved: isSaved(saved) ? saved.sink : undefined,
        });
        return sink;
      };
      const head = (): string => (sink === undefined && !isSaved(saved) ? begin().head() : '');
      return {
        // Not before the first user has shown what the columns are.
        head: () => '',
        *page(users) {
          const shaped = project(users);
          if (shaped.length === 0) return;
          // JSON of any kind is a line of NDJSON, and an element of an array.
          const rows = format.defaultColumns === undefined ? (shaped as User[]) : shaped.map(asRow);
          if (sink === undefined && columns !== undefined)
            refuseColumns(columns, [...new Set(rows.flatMap(Object.keys))]);
          names ??= Object.keys(rows[0] ?? {});
          yield head();
          yield* begin().page(rows);
        },
        tail: () => head() + begin().tail(),
        save: () =>
          names === undefined || sink === undefined
            ? null
            : { columns: names, sink: sink.save?.() },
      };
    },
  };
}
