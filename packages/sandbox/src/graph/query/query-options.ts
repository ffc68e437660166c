import { badRequest } from '../graph-error.ts';

/** The options of a request, decoded; names as Graph writes them. */
export interface QueryOptions {
  readonly $select?: string | undefined;
  readonly $top?: string | undefined;
  readonly $filter?: string | undefined;
  readonly $search?: string | undefined;
  readonly $orderby?: string | undefined;
  readonly $count?: string | undefined;
  readonly $expand?: string | undefined;
  readonly $skip?: string | undefined;
  readonly $skiptoken?: string | undefined;
  readonly $deltatoken?: string | undefined;
  readonly $format?: string | undefined;
  /** The header of the same name, as Microsoft's samples of `/beta` write it into the URL. */
  readonly ConsistencyLevel?: string | undefined;
}

const names: ReadonlyMap<string, keyof QueryOptions> = new Map(
  (
    [
      '$select',
      '$top',
      '$filter',
      '$search',
      '$orderby',
      '$count',
      '$expand',
      '$skip',
      '$skiptoken',
      '$deltatoken',
      '$format',
      'ConsistencyLevel',
    ] as const
  ).map((name) => [name.toLowerCase(), name]),
);

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw badRequest('The request URI is not valid.');
  }
}

/**
 * Parses a query string, `?` included. System options are matched in any case, as Graph does (`$deltaToken` is seen
 * in the wild). Other options are ignored unless their name is empty, which is the result of an unescaped `&` inside a
 * value.
 * @throws {GraphError} 400 for an unknown `$` option, a repeated one, a nameless one or a broken percent escape
 */
export function parseQueryOptions(search: string): QueryOptions {
  const options: Record<string, string> = {};
  for (const pair of search.replace(/^\?/, '').split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const written = decode(equals === -1 ? pair : pair.slice(0, equals));
    const name = names.get(written.toLowerCase());
    if (name === undefined) {
      if (written.startsWith('$')) {
        throw badRequest(`The query parameter '${written}' is not supported.`);
      }
      if (written === '') throw badRequest("Unrecognized query argument specified: ''.");
      continue;
    }
    if (name in options) {
      throw badRequest(
        `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      );
    }
    options[name] = decode(equals === -1 ? '' : pair.slice(equals + 1));
  }
  return options;
}
