import type { UserQuery } from '../../query/user-query.ts';
import type { Checked } from '../report.ts';

/** Where Graph is, and what the quickstart's `endpoint` asks of it. */
export interface GraphRoot {
  readonly origin: string;
  /** Origin and version, no trailing slash. */
  readonly root: URL;
  readonly query: UserQuery | undefined;
}

const shape = 'Write https://graph.microsoft.com/v1.0/users, or leave it out.';

function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** OData's query options, with or without the dollar, and what each says of users. */
const options: Readonly<Record<string, (value: string) => UserQuery>> = {
  select: (value) => ({ select: list(value) }),
  filter: (filter) => ({ filter }),
  search: (search) => ({ search }),
  orderby: (value) => ({ orderBy: list(value) }),
  expand: (expand) => ({ expand }),
  top: (value) => ({ pageSize: Number(value) }),
  // Added by ourselves wherever a query needs it.
  count: () => ({}),
};

function checkOption(name: string, value: string, seen: ReadonlySet<string>): Checked<UserQuery> {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) {
    const hint = 'Use $select, $filter, $search, $orderby, $expand or $top.';
    return { problem: { message: "has a query option that is none of Graph's for users", hint } };
  }
  if (seen.has(name))
    return { problem: { message: `has $${name} twice`, hint: 'Keep one of the two.' } };
  if (name === 'top' && (!/^\d{1,3}$/u.test(value) || Number(value) === 0)) {
    const hint = 'Write $top=999 or leave it out.';
    return { problem: { message: 'has a $top that is not from 1 to 999', hint } };
  }
  return { value: option(value) };
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

/** Takes Graph's address apart: a bare origin, one with a version, or the quickstart's whole `endpoint` of users. */
export function checkGraphRoot(text: string): Checked<GraphRoot> {
  const url = URL.parse(text.trim());
  if (url === null || url.host === '') return { problem: { message: 'is not a URL', hint: shape } };
  if (url.protocol !== 'https:') {
    const message = 'is not https; the token would cross the network in the clear';
    return { problem: { message, hint: 'Write https:// before the host.' } };
  }
  if (url.username !== '' || url.password !== '') {
    const hint = 'Remove what stands before the @: the token alone opens Graph.';
    return { problem: { message: 'holds a user name or password', hint } };
  }
  if (url.hash !== '') return { problem: { message: 'has a fragment', hint: shape } };
  const [version = 'v1.0', resource = 'users', ...rest] = url.pathname
    .split('/')
    .filter((part) => part !== '');
  if (version !== 'v1.0' && version !== 'beta') {
    const message = 'has a version other than v1.0 or beta';
    return { problem: { message, hint: shape } };
  }
  if (resource !== 'users' || rest.length > 0)
    return { problem: { message: 'asks for something other than users', hint: shape } };
  const query = checkQuery(url.searchParams);
  if (query.problem !== undefined) return query;
  return {
    value: { origin: url.origin, root: new URL(`/${version}`, url.origin), query: query.value },
  };
}
