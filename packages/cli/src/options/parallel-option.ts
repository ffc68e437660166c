import type { ListOptions } from '@rollcall/core';

import type { ArgumentsOf, Options } from '../arguments/command.ts';

export const parallelOptions = {
  parallel: {
    kind: 'text',
    placeholder: 'auto|off|N',
    describe: 'Requests at a time; off keeps the order (default auto)',
    group: 'Query',
  },
} as const satisfies Options;

/** Returns the number of requests at a time; core checks the value. */
export function parallelFrom({
  parallel,
}: ArgumentsOf<typeof parallelOptions>): ListOptions['parallel'] {
  const isNumber = parallel !== undefined && /^\d+$/.test(parallel);
  return isNumber ? Number(parallel) : (parallel as ListOptions['parallel']);
}
