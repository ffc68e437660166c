import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { isLong, sizeFrom, tell } from './draws.ts';
import { fastReader, measuredCommand } from './measured-listing.ts';

const minutes = 60_000;
const many = sizeFrom('ROLLCALL_USERS', isLong ? 1_000_000 : 40_000);
/** In megabytes, at a million users. */
const limit = 500;
/** Every so many users, one is removed, one is added and one is changed. */
const interval = 1_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diff-proof-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

type Side = 'old' | 'new';

function userOf(nth: number, side: Side): Readonly<Record<string, string | string[] | null>> {
  // An odd factor makes the IDs distinct and puts them in no order.
  const digits = (Math.imul(nth, 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  const isChanged = side === 'new' && nth % interval === 2;
  return {
    id: `${digits}-0000-4000-8000-${digits}0000`,
    displayName: `Ünal "${nth}" O'Brien`,
    userPrincipalName: `user${nth}@contoso.com`,
    department: isChanged ? 'Moved' : `Department ${nth % 50}`,
    businessPhones: [`+49 30 ${nth}`],
    mobilePhone: null,
  };
}

function* linesOf(users: number, side: Side, format: 'csv' | 'ndjson'): Generator<string> {
  if (format === 'csv') yield `${Object.keys(userOf(0, side)).join(',')}\r\n`;
  const missing = side === 'old' ? 1 : 0;
  for (let at = 0; at < users; at += 1) {
    // The newer export has another order.
    const nth = side === 'old' ? at : users - 1 - at;
    if (nth % interval === missing) continue;
    const user = userOf(nth, side);
    const cells = Object.values(user).map((value) =>
      typeof value === 'string'
        ? `"${value.replaceAll('"', '""')}"`
        : value === null
          ? ''
          : value.join('; '),
    );
    yield format === 'csv' ? `${cells.join(',')}\r\n` : `${JSON.stringify(user)}\n`;
  }
}

async function write(users: number, side: Side, format: 'csv' | 'ndjson'): Promise<string> {
  const path = join(folder, `${side}-${users}.${format}`);
  await pipeline(Readable.from(linesOf(users, side, format)), createWriteStream(path));
  return path;
}

async function compare(users: number, formats: readonly ['csv' | 'ndjson', 'csv' | 'ndjson']) {
  const files = [await write(users, 'old', formats[0]), await write(users, 'new', formats[1])];
  const start = performance.now();
  const command = ['users', 'diff', ...files, '--allow-unverified', '-o', 'ndjson'];
  const measured = await measuredCommand(command, fastReader);
  return { ...measured, seconds: (performance.now() - start) / 1_000 };
}

describe.skipIf(process.platform !== 'linux')('a comparison of two large exports', () => {
  it.each([
    ['csv', 'csv'],
    ['ndjson', 'ndjson'],
    ['csv', 'ndjson'],
  ] as const)(
    `finds every difference between %s and %s of ${many} users in little memory`,
    { timeout: 30 * minutes },
    async (...formats) => {
      const result = await compare(many, formats);
      const each = many / interval;
      tell(
        `diff: ${many} users, ${formats.join(' and ')}: ${result.peak.toFixed(0)} MB, ${result.seconds.toFixed(1)} s`,
      );
      expect({ code: result.code, lines: result.lines }).toEqual({ code: 0, lines: 3 * each });
      const counted = new Intl.NumberFormat('en-US');
      expect(result.stderr).toContain(
        `Users: ${counted.format(each)} added, ${counted.format(each)} removed, ${counted.format(each)} changed, ${counted.format(many - 3 * each)} unchanged.`,
      );
      expect(result.peak).toBeLessThan(isLong ? limit : limit / 3);
    },
  );

  it('takes a time that grows in proportion to the users', { timeout: 30 * minutes }, async () => {
    const few = await compare(many / 4, ['csv', 'csv']);
    const all = await compare(many, ['csv', 'csv']);
    tell(
      `diff: ${few.seconds.toFixed(1)} s for a quarter of the users, ${all.seconds.toFixed(1)} s for all`,
    );
    // Quadratic time would be sixteen times as much.
    expect(all.seconds / few.seconds).toBeLessThan(12);
  });
});
