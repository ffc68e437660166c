import type { UserQuery } from '@rollcall/core';

/** A part of a query whose properties cannot be determined. */
export class UnreadableQuery extends Error {
  override readonly name = 'UnreadableQuery';
  readonly part: string;

  constructor(part: string) {
    super(part);
    this.part = part;
  }
}

/** Words of filters that are not properties. */
const words: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'eq',
  'ne',
  'gt',
  'ge',
  'lt',
  'le',
  'in',
  'has',
  'true',
  'false',
  'null',
  'any',
  'all',
  'startswith',
  'endswith',
  'contains',
  '$count',
]);

/** Names, paths, numbers, dates, GUIDs, or a mark that separates them. */
const token = /[A-Za-z_$][\w.$-]*(?:\/[\w.$-]+)*|[\d+-][\w.+:-]*|[\s(),:]/uy;

/**
 * Returns the properties that a filter reads. A range variable of `any` must be one letter, because a longer one could
 * have the name of a property.
 */
function filterProperties(filter: string): string[] {
  const expression = filter.replaceAll(/'(?:[^']|'')*'/gu, ' ');
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < expression.length) {
    const [text] = token.exec(expression) ?? [];
    if (text === undefined) throw new UnreadableQuery('$filter');
    if (!/^[A-Za-z_$]/u.test(text)) continue;
    const [name = ''] = text.split('/');
    if (name.length > 1 && !words.has(name.toLowerCase())) found.push(name);
  }
  return found;
}

/** Returns the properties of a search: `"displayName:ada" OR "mail:ada"`. Without a property Graph chooses several. */
function searchProperties(search: string): string[] {
  const found: string[] = [];
  const rest = search.replaceAll(/"(?<name>[A-Za-z]\w*):(?:[^"\\]|\\.)*"/gu, (_, name: string) => {
    found.push(name);
    return '';
  });
  if (found.length === 0 || !/^(?:[\s()]|AND|OR|NOT)*$/u.test(rest))
    throw new UnreadableQuery('$search');
  return found;
}

/** Returns the properties that an expansion reads: the relationship, and what is selected of its target. */
function expandProperties(expand: string): string[] {
  const match = /^\s*(?<name>[A-Za-z]\w*)\(\$select=(?<select>[\w,\s]+)\)\s*$/u.exec(expand);
  if (match?.groups === undefined) throw new UnreadableQuery('$expand');
  const { name = '', select = '' } = match.groups;
  return [name, ...select.split(',').map((part) => part.trim())];
}

/**
 * Returns the properties that a query reads in any way, by option: to return them, to compare, to search or to sort.
 * @throws {UnreadableQuery} for an expression that cannot be read with certainty
 */
export function queryProperties(query: UserQuery): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ['$select', [...(query.select ?? [])].map((name) => name.split('/')[0] ?? '')],
    ['$filter', query.filter === undefined ? [] : filterProperties(query.filter)],
    ['$search', query.search === undefined ? [] : searchProperties(query.search)],
    ['$orderby', (query.orderBy ?? []).map((order) => order.trim().split(/[\s/]/u)[0] ?? '')],
    ['$expand', query.expand === undefined ? [] : expandProperties(query.expand)],
  ]);
}
