import { compile, TreeInterpreter } from '@jmespath-community/jmespath';
import type { User } from '@microsoft/microsoft-graph-types';

import { QueryError } from '../errors/query-error.ts';
import type { Format } from './sink.ts';

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

/** The format, with the `query` of its options applied first. */
export function projected(format: Format): Format {
  return {
    ...format,
    createSink({ query, ...options }) {
      const sink = format.createSink(options);
      if (query === undefined) return sink;
      const project = compileProjection(query);
      return { ...sink, page: (users) => sink.page(project(users)) };
    },
  };
}
