import type { Console } from '../terminal/console.ts';

/** The progress of a listing. */
export interface Reached {
  readonly users: number;
  /** The expected number of users; null if it is unknown. */
  readonly total: number | null;
}

export interface Progress extends Disposable {
  /** Adds the users of one page. @param reached the progress of the listing, users of an earlier run included */
  add(users: number, reached?: Reached): void;
  /** Shows that the listing waits for `milliseconds`. @param why a short text */
  wait(milliseconds: number, why: string): void;
}

const counted = new Intl.NumberFormat('en-US');

/** The shortest time between two updates of the line, in milliseconds: more updates flicker. */
const pause = 100;
const barWidth = 20;

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function bar(share: number): string {
  const full = Math.round(Math.min(share, 1) * barWidth);
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${Math.floor(Math.min(share, 1) * 100)} %`;
}

/**
 * Creates the progress line of a listing: a bar and the remaining time if the count is known, and the reason while the
 * client waits before a retry.
 * @param now a monotonic clock, in milliseconds
 */
export function createProgress(console: Console, now: () => number): Progress {
  const start = now();
  /** Users that this run has read. Users of an earlier run do not count for the rate. */
  let received = 0;
  let users = 0;
  let pages = 0;
  let drawn = -Infinity;
  let expected: number | null = null;
  /** Returns the longest of three texts that fits the line: without the pages, then without the bar. */
  const line = (before = ''): string => {
    const seconds = Math.max((now() - start) / 1000, 0.001);
    const rate = received / seconds;
    const known = expected !== null && expected > 0 && received > 0;
    const drawing = known ? [bar(users / (expected ?? users))] : [];
    const howMany = `${counted.format(users)}${known ? ` of ${counted.format(expected ?? users)}` : ''} users`;
    const ofPages = `${counted.format(pages)} ${pages === 1 ? 'page' : 'pages'}`;
    const howFast = [
      `${counted.format(Math.round(rate))}/s`,
      ...(known ? [`${duration(Math.max((expected ?? users) - users, 0) / rate)} left`] : []),
    ];
    const lines = [
      [...drawing, howMany, ofPages, ...howFast],
      [...drawing, howMany, ...howFast],
      [howMany, ...howFast],
    ].map((parts) => before + parts.join(' · '));
    return lines.find(({ length }) => length <= console.statusWidth) ?? lines.at(-1) ?? '';
  };
  return {
    add(more, reached) {
      received += more;
      users = reached?.users ?? users + more;
      pages += 1;
      expected = reached?.total ?? expected;
      if (now() - drawn < pause) return;
      drawn = now();
      console.status(line());
    },
    wait(milliseconds, why) {
      drawn = now();
      console.status(line(`waiting ${duration(milliseconds / 1000)}: ${why} · `));
    },
    [Symbol.dispose]() {
      console.status();
    },
  };
}
