import type { ListOptions } from '@rollcall/core';

import type { ArgumentsOf, Options } from '../arguments/command.ts';
import { UsageError } from '../arguments/usage-error.ts';

const largest = 128;

export const parallelOptions = {
  parallel: {
    kind: 'text',
    placeholder: 'auto|off|N',
    describe: 'Requests at a time; off keeps the order (default auto)',
    group: 'Query',
  },
} as const satisfies Options;

/** Returns the number of requests at a time. @throws {UsageError} when it is not valid */
export function parallelFrom({
  parallel = 'auto',
}: ArgumentsOf<typeof parallelOptions>): ListOptions['parallel'] {
  if (parallel === 'auto' || parallel === 'off') return parallel;
  const number = /^\d{1,3}$/.test(parallel) ? Number(parallel) : 0;
  if (number >= 1 && number <= largest) return number;
  throw new UsageError(
    `Invalid value ${JSON.stringify(parallel)} for --parallel.`,
    `Use auto, off or a number from 1 to ${largest}.`,
  );
}
