import {
  type QueryOptionName,
  queryOptionNames,
  readQueryOption,
} from '../../../query/read-query-option.ts';
import type { UserQuery } from '../../../query/user-query.ts';
import type { Checked } from '../../collect-issues.ts';

/** The Graph root, and the query of the quickstart's `endpoint`. */
export interface GraphRoot {
  readonly origin: string;
  /** Origin and version, no trailing slash. */
  readonly root: URL;
  readonly query: UserQuery | undefined;
}

const format = 'Write https://graph.microsoft.com/v1.0/users, or remove the setting.';

function isQueryOption(name: string): name is QueryOptionName {
  return (queryOptionNames as readonly string[]).includes(name);
}

function checkOption(name: string, value: string, seen: ReadonlySet<string>): Checked<UserQuery> {
  if (!isQueryOption(name)) {
    const hint = 'Use $select, $filter, $search, $orderby, $expand or $top.';
    return { problem: { message: 'has an unsupported query option', hint } };
  }
  if (seen.has(name))
    return { problem: { message: `has $${name} twice`, hint: 'Remove one of the two.' } };
  const { query, problem } = readQueryOption(name, value);
  if (problem !== undefined) {
    const hint = `Correct $${name}, or remove it.`;
    return { problem: { message: `has an invalid $${name}: it ${problem}`, hint } };
  }
  return { value: query };
}

function checkQuery(parameters: URLSearchParams): Checked<UserQuery | undefined> {
  const seen = new Set<string>();
  const query: UserQuery = {};
  for (const [written, value] of parameters) {
    const name = written.replace(/^\$/u, '').toLowerCase();
    const option = checkOption(name, value, seen);
    if (option.problem !== undefined) return option;
    seen.add(name);
    Object.assign(query, option.value);
  }
  return { value: seen.size === 0 ? undefined : query };
}

/**
 * Parses the Graph root: an origin, an origin with a version, or the quickstart's `endpoint` with users and a query.
 */
export function checkGraphRoot(text: string): Checked<GraphRoot> {
  const url = URL.parse(text.trim());
  if (url === null || url.host === '')
    return { problem: { message: 'is not a URL', hint: format } };
  if (url.protocol !== 'https:') {
    const message = 'must start with https://; the token would be sent unencrypted';
    return { problem: { message, hint: format } };
  }
  if (url.username !== '' || url.password !== '') {
    const hint = 'Remove the part before the @.';
    return { problem: { message: 'must not contain a user name or password', hint } };
  }
  if (url.hash !== '') return { problem: { message: 'must not contain a fragment', hint: format } };
  const [version = 'v1.0', resource = 'users', ...rest] = url.pathname
    .split('/')
    .filter((part) => part !== '');
  if (version !== 'v1.0' && version !== 'beta') {
    const message = 'has a version other than v1.0 and beta';
    return { problem: { message, hint: format } };
  }
  if (resource !== 'users' || rest.length > 0)
    return { problem: { message: 'has a path other than /users', hint: format } };
  const query = checkQuery(url.searchParams);
  if (query.problem !== undefined) return query;
  return {
    value: { origin: url.origin, root: new URL(`/${version}`, url.origin), query: query.value },
  };
}
