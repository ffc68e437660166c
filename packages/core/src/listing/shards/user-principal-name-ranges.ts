import { BadRequestError } from '../../errors/bad-request-error.ts';
import { reasonsForAdvanced } from '../../query/advanced.ts';
import { odataLiteral } from '../../query/odata.ts';
import { valuesOf } from './sample.ts';
import { combineFilters, shardFilter, shardsBetween } from './shard.ts';
import type { ListingFacts, ShardStrategy } from './shard-strategy.ts';

const property = 'userPrincipalName';

/** Counts the users whose userPrincipalName begins with a prefix. */
export type CountPrefix = (prefix: string) => Promise<number>;

/** The characters with which names are continued, in addition to those of the sample. */
const commonCharacters = 'abcdefghijklmnopqrstuvwxyz0123456789-._'.split('');

/** The largest number of counts for one plan (our own judgement): each costs one resource unit. */
const mostCounts = 240;

/** A prefix that all counted names of a part of the tenant have, with their number. */
interface CountedPrefix {
  readonly prefix: string;
  readonly users: number;
}

function commonPrefix(sorted: readonly string[]): string {
  const [first = ''] = sorted;
  const last = sorted.at(-1) ?? '';
  let length = 0;
  while (length < first.length && first[length] === last[length]) length += 1;
  return first.slice(0, length);
}

/** Continues a prefix by each character with which a name can continue. */
function continuations(prefix: string, sorted: readonly string[]): string[] {
  const known = sorted.filter((name) => name.startsWith(prefix));
  const next = new Set([
    ...known.flatMap((name) => name[prefix.length] ?? []),
    ...commonCharacters,
  ]);
  return [...next].toSorted().map((character) => prefix + character);
}

/**
 * Returns prefixes that divide the names of a tenant into parts of about the same number of users, in order. The
 * prefixes are found by counting: where many names share a prefix, the prefixes that continue it are counted too. They
 * only decide how large the shards are; that no user is missed follows from the shared boundaries of the ranges.
 * @param sorted names of the sample, in lower case, sorted
 */
export async function namePrefixes(
  sorted: readonly string[],
  total: number,
  parts: number,
  count: CountPrefix,
): Promise<string[]> {
  const target = total / parts;
  let counts = 0;

  async function expand(prefix: string): Promise<CountedPrefix[]> {
    const prefixes = continuations(prefix, sorted);
    counts += prefixes.length;
    const users = await Promise.all(prefixes.map(count));
    return prefixes.flatMap((each, at) => {
      const number = users[at] ?? 0;
      return number === 0 ? [] : [{ prefix: each, users: number }];
    });
  }

  // The names of a sample in the order of names begin alike even when those of the tenant do not.
  const shared = commonPrefix(sorted);
  const isShared = shared !== '' && (await count(shared)) > total / 2;
  let found = await expand(isShared ? shared : '');
  for (let level = 0; level < 4; level += 1) {
    const large = found.filter(({ users }) => users > target).toSorted((a, b) => b.users - a.users);
    const affordable = large.slice(0, Math.floor((mostCounts - counts) / commonCharacters.length));
    if (affordable.length === 0) break;
    const expanded = await Promise.all(affordable.map(({ prefix }) => expand(prefix)));
    const byPrefix = new Map(affordable.map(({ prefix }, at) => [prefix, expanded[at] ?? []]));
    found = found.flatMap((each) => byPrefix.get(each.prefix) ?? [each]);
  }
  return boundariesOf(found, target);
}

/** Joins neighbouring prefixes until they have enough users. */
function boundariesOf(found: readonly CountedPrefix[], target: number): string[] {
  const boundaries: string[] = [];
  let users = 0;
  for (const [at, each] of found.entries()) {
    users += each.users;
    const next = found[at + 1];
    if (next === undefined) break;
    if (users + next.users / 2 < target) continue;
    boundaries.push(next.prefix);
    users = 0;
  }
  return boundaries;
}

/** Whether the service applies ranges of names: Graph's docs say so in one place and deny it in another. */
async function appliesRanges({ query, requests }: ListingFacts, name: string): Promise<boolean> {
  const filter = shardFilter({ property, from: name, to: name }, query.filter);
  try {
    const names = await requests.names(filter);
    return names.length > 0 && names.every((each) => each.toLowerCase() === name);
  } catch (error) {
    if (error instanceof BadRequestError) return false;
    throw error;
  }
}

/** Ranges of userPrincipalName, in the default index only. */
export const userPrincipalNameRanges: ShardStrategy = {
  name: 'user-principal-name-ranges',
  property,
  // In an advanced query these ranges are not valid (Graph's docs, "Advanced query capabilities").
  accepts: (query) => reasonsForAdvanced(query).length === 0,
  async plan(facts) {
    const { query, requests, sample, total, workers, most } = facts;
    const { values } = valuesOf(property, sample);
    const name = values[Math.floor(values.length / 2)];
    if (name === undefined) return undefined;
    const count: CountPrefix = (prefix) =>
      requests.count(
        combineFilters(query.filter, `startsWith(userPrincipalName,${odataLiteral(prefix)})`),
      );
    const [applies, boundaries] = await Promise.all([
      appliesRanges(facts, name),
      // Each prefix costs a request, so that there are fewer shards than by time.
      namePrefixes(values, total, Math.min(most, workers * 2), count),
    ]);
    if (!applies) return 'refused';
    return boundaries.length === 0 ? undefined : shardsBetween(property, boundaries);
  },
  divide: async () => undefined,
};
