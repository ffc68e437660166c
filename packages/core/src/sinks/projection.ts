import { compile, TreeInterpreter } from '@jmespath-community/jmespath';
import type { User } from '@microsoft/microsoft-graph-types';

import { QueryError } from '../errors/query-error.ts';
import type { Format, Sink } from './sink.ts';

/** What is written in the place of a user. */
type Projection = (users: readonly User[]) => readonly User[];

function fault(cause: unknown): QueryError {
  return new QueryError([
    {
      part: 'query',
      message: `this is no JMESPath: ${cause instanceof Error ? cause.message : 'unknown'}`,
      hint: 'See jmespath.org; the expression is put to one user at a time.',
    },
  ]);
}

/**
 * A JMESPath expression as `az` and `m365` take it, put to each user by itself so that it streams: `{name: displayName}`
 * reshapes, and a user of whom it makes null, false or nothing at all is left out: `[?…]` has no place here.
 * @throws {QueryError} when it is no JMESPath
 */
export function compileProjection(expression: string): Projection {
  let tree: ReturnType<typeof compile>;
  try {
    tree = compile(expression);
  } catch (error) {
    throw fault(error);
  }
  return (users) =>
    users.flatMap((user) => {
      let shaped: unknown;
      try {
        shaped = TreeInterpreter.search(tree, JSON.parse(JSON.stringify(user)));
      } catch (error) {
        throw fault(error);
      }
      if (shaped === null || shaped === undefined || shaped === false) return [];
      if (shaped === true) return [user];
      // Tabular formats look for columns; a bare value is in the column that is called so.
      return [typeof shaped === 'object' && !Array.isArray(shaped) ? shaped : { value: shaped }];
    });
}

interface Saved {
  readonly columns: readonly string[];
  /** Absent where the format keeps nothing. */
  readonly sink?: unknown;
}

function isSaved(saved: unknown): saved is Saved {
  return typeof saved === 'object' && saved !== null && 'columns' in saved;
}

/**
 * The format, with the `query` of its options applied first. Where no columns are named they are those of the first
 * user as reshaped: what they were called before says nothing now.
 */
export function projected(format: Format): Format {
  return {
    ...format,
    createSink({ query, columns, saved, ...options }) {
      if (query === undefined) return format.createSink({ columns, saved, ...options });
      const project = compileProjection(query);
      let names = isSaved(saved) ? saved.columns : columns;
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
          const [first] = shaped;
          if (first === undefined) return;
          names ??= Object.keys(first);
          yield head();
          yield* begin().page(shaped);
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
