import { quantiles, valuesOf } from './sample.ts';
import { divideShard, isRange, type RangeShard, shardFilter, shardsBetween } from './shard.ts';
import type { ShardStrategy } from './shard-strategy.ts';

const property = 'createdDateTime';

/** Before this time there was no Microsoft Entra ID, so that few users have an earlier time of creation. */
const earliest = Date.UTC(2008, 0, 1);

/** A shard with fewer pages left is not divided. */
const fewestPagesLeft = 2;

/** Graph's times of creation have a resolution of one second. */
function toText(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * Returns a time between two times. All users of an import can have the same time: as a boundary it would be in two
 * shards.
 */
function timeBetween(value: string, next: string): string {
  return toText((Date.parse(value) + Date.parse(next)) / 2);
}

/**
 * Returns boundaries that divide a range of times into parts of the same length, in whole seconds; none when it is
 * shorter than two seconds.
 * @param now the end of a range without an end, in milliseconds
 */
export function timesBetween({ from, to }: RangeShard, parts: number, now: number): string[] {
  const start = from === undefined ? earliest : Date.parse(from);
  const end = to === undefined ? now : Date.parse(to);
  const length = end - start;
  if (!(length >= 2000)) return [];
  const times = Array.from({ length: parts - 1 }, (_, at) =>
    toText(start + (length * (at + 1)) / parts),
  );
  return [...new Set(times)].filter((time) => time !== from && time !== to);
}

/**
 * Ranges of the time of creation, and the users without one. It is the only property with ranges in the default index
 * that Graph documents (Graph's docs, "Advanced query capabilities on Microsoft Entra ID objects").
 */
export const createdDateRanges: ShardStrategy = {
  name: 'created-date-ranges',
  property,
  // The filter of the users without a time of creation is advanced, which excludes $expand.
  accepts: ({ expand }) => expand === undefined,
  async plan({ sample, workers, most }) {
    const { values, withoutValue, mostFrequent } = valuesOf(property, sample);
    // Users without a value, and users of the same second, are one chain each.
    const largest = Math.max(0.05, 1.5 / workers);
    if (withoutValue > largest || mostFrequent > largest) return undefined;
    return shardsBetween(property, quantiles(values, most, timeBetween));
  },
  async divide(shard, { query, requests, parts, pageSize, users, now }) {
    if (!isRange(shard)) return undefined;
    const boundaries = timesBetween(shard, parts, now);
    if (boundaries.length === 0) return undefined;
    const left = (await requests.count(shardFilter(shard, query.filter))) - users;
    // The parts read again what was read.
    return left < Math.max(fewestPagesLeft * pageSize, users)
      ? undefined
      : divideShard(shard, boundaries);
  },
};
