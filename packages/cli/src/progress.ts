import type { Console } from './terminal/console.ts';

/** How far a listing is. */
export interface Reached {
  readonly users: number;
  /** How many there will be, where it is known. */
  readonly total: number | null;
}

export interface Progress extends Disposable {
  /** One page more. @param reached how far the listing is, with what an earlier run had read */
  add(users: number, reached?: Reached): void;
  /** Nothing comes for so many milliseconds. @param why in a few words */
  wait(milliseconds: number, why: string): void;
}

const counted = new Intl.NumberFormat('en-US');

/** How often the line may change, in milliseconds: faster only flickers. */
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
 * The line a person watches while users arrive: a bar and the time left where the tenant told its count, and why
 * nothing moves while the service makes us wait.
 * @param now milliseconds, monotonic
 */
export function createProgress(console: Console, now: () => number): Progress {
  const start = now();
  /** Of this run: earlier ones say nothing about its rate. */
  let came = 0;
  let users = 0;
  let pages = 0;
  let drawn = -Infinity;
  let expected: number | null = null;
  /** What there is to say, without what matters least where the line is short: the pages, then the bar. */
  const line = (before = ''): string => {
    const seconds = Math.max((now() - start) / 1000, 0.001);
    const rate = came / seconds;
    const known = expected !== null && expected > 0 && came > 0;
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
      came += more;
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
