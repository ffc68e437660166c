import type { Console } from './terminal/console.ts';

export interface Progress extends Disposable {
  /** One page more. @param total how many there will be, where it is known */
  add(users: number, total?: number | null): void;
  /** The service told us to wait this long, in milliseconds. */
  wait(milliseconds: number): void;
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
  let users = 0;
  let pages = 0;
  let drawn = -Infinity;
  let expected: number | null = null;
  const line = (): string => {
    const seconds = Math.max((now() - start) / 1000, 0.001);
    const rate = users / seconds;
    const known = expected !== null && expected > 0 && users > 0;
    return [
      ...(known ? [bar(users / (expected ?? users))] : []),
      `${counted.format(users)}${known ? ` of ${counted.format(expected ?? users)}` : ''} users`,
      `${counted.format(pages)} ${pages === 1 ? 'page' : 'pages'}`,
      `${counted.format(Math.round(rate))}/s`,
      ...(known ? [`${duration(Math.max((expected ?? users) - users, 0) / rate)} left`] : []),
    ].join(' · ');
  };
  return {
    add(more, total = null) {
      users += more;
      pages += 1;
      expected = total ?? expected;
      if (now() - drawn < pause) return;
      drawn = now();
      console.status(line());
    },
    wait(milliseconds) {
      drawn = now();
      console.status(
        `throttled: waiting ${duration(milliseconds / 1000)}, as the service asked · ${line()}`,
      );
    },
    [Symbol.dispose]() {
      console.status();
    },
  };
}
