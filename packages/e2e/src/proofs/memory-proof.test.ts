import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';
import { isLong, sizeFrom, tell } from './draws.ts';
import { fastReader, type Measured, measuredListing, slowReader } from './measured-listing.ts';
import { setPlant } from './plant.ts';

const minutes = 60_000;
const few = 10_000;
const some = 120_000;
const many = sizeFrom('ROLLCALL_USERS', isLong ? 1_000_000 : some);
/** In megabytes, at any number of users. */
const limit = 150;
/** A small number of users: memory that depends on the number of users shows in the comparison with it. */
const growthTo = { some: 1.4, many: isLong ? 1.5 : 1.4 };

/** Of a process that reads 10 kB a second; a pipe and the reader's own buffer take 64 kB each at once. */
const slowly = { bytesPerSecond: 10_000, seconds: isLong ? 60 : 3 };
const pageSize = 999;
/** The sample, and for each of the four workers a page that waits and one that was requested. */
const pagesAhead = 10;

const stage = createStage();
let small: Tenant;
let large: Tenant;
beforeAll(async () => {
  small = await startTenant(stage, { users: few });
  large = await startTenant(stage, { users: many });
}, 10 * minutes);
afterAll(async () => {
  await small[Symbol.asyncDispose]();
  await large[Symbol.asyncDispose]();
});

const shown = (what: string, { peak }: Measured): string => `${peak.toFixed(0)} MB ${what}`;

/** The number of pages at a time follows from the latency, so that a busy machine adds some pages to a run. */
async function lowestOfTwo(args: readonly string[]): Promise<Measured> {
  const first = await measuredListing(args, fastReader);
  const second = await measuredListing(args, fastReader);
  return first.peak < second.peak ? first : second;
}

describe.skipIf(process.platform !== 'linux')('memory', () => {
  it.each(['ndjson', 'csv', 'json'])(
    `of a listing as %s hardly grows from ${few} users to ${many}`,
    { timeout: 30 * minutes },
    async (format) => {
      const one = await lowestOfTwo(['-o', format, ...small.flags]);
      const other = await lowestOfTwo(['-o', format, ...large.flags]);
      const ratio = other.peak / one.peak;
      tell(
        `memory: ${format}, ${shown(`at ${few} users`, one)}, ${shown(`at ${many}`, other)}, ratio ${ratio.toFixed(2)}`,
      );
      expect({ code: one.code, stderr: one.stderr }).toMatchObject({ code: 0 });
      expect({ code: other.code, stderr: other.stderr }).toMatchObject({ code: 0 });
      expect(one.lines).toBeGreaterThanOrEqual(few);
      expect(other.lines).toBeGreaterThanOrEqual(many);
      expect(ratio).toBeLessThanOrEqual(growthTo.many);
      expect(other.peak).toBeLessThan(limit);
    },
  );

  it('the same measure finds a listing that keeps what it has given out', async () => {
    await using planted = setPlant({
      module: 'packages/core/src/paging/chain.ts',
      changes: [
        [String.raw`yield \{`, '(globalThis.kept ??= []).push(items, JSON.stringify(items)); $&'],
      ],
    });
    const measured = (limited: number) =>
      measuredListing(
        ['-o', 'ndjson', '--limit', String(limited), ...large.flags],
        fastReader,
        planted.env,
      );
    const one = await measured(few);
    const other = await measured(some);
    tell(`memory: planted, ${shown(`at ${few} users`, one)}, ${shown(`at ${some}`, other)}`);
    expect(await planted.grown()).toBe(2);
    expect(other.lines).toBe(some);
    expect(other.peak / one.peak).toBeGreaterThan(growthTo.some);
  });

  it(
    'faults A8 row 86: a reader of 10 kB a second slows the service down, and memory stays',
    { timeout: 10 * minutes },
    async () => {
      const fast = await measuredListing(['-o', 'ndjson', ...small.flags], fastReader);
      await large.forget();
      const slow = await measuredListing(
        ['-o', 'ndjson', ...large.flags],
        slowReader(slowly.bytesPerSecond, slowly.seconds),
      );
      const journal = await large.journal();
      const asked = journal.filter(({ path }) => path.startsWith('/v1.0/users?')).length;
      const read = Math.ceil(((slow.bytes / fast.bytes) * few) / pageSize);
      tell(
        `memory: ${shown('with a fast reader', fast)}, ${shown(`with one of 10 kB/s for ${slowly.seconds} s`, slow)}; it read ${slow.bytes} bytes, and ${asked} pages were asked for`,
      );
      expect(slow.bytes).toBeGreaterThan((slowly.bytesPerSecond * slowly.seconds) / 2);
      // The reader closed the pipe.
      expect(slow.code).toBe(141);
      expect(asked).toBeGreaterThan(0);
      expect(asked).toBeLessThanOrEqual(read + pagesAhead);
      expect(slow.peak).toBeLessThan(fast.peak + 50);
      expect(slow.peak).toBeLessThan(limit);
    },
  );
});
