import type { Clock, Directory } from '@rollcall/core';

import type { Limits } from '../limits.ts';

/** Whether the directory can be read at this moment. */
export interface Readiness {
  /**
   * Asks the directory, at most once in a while and once for all who wait. Rejects with the reason when it cannot be
   * read.
   */
  check(): Promise<void>;
  /** From now on: not ready. */
  drain(): void;
}

/**
 * One user's id is the cheapest question that needs everything: the credential, the consent, the network and the
 * service. The answer is kept for a while, the bad one too, so that probes cannot load the tenant.
 */
export function createReadiness(
  directory: Directory,
  clock: Pick<Clock, 'monotonic'>,
  limits: Pick<Limits, 'readiness' | 'readinessAge'>,
): Readiness {
  let draining = false;
  let last: { readonly at: number; readonly answer: Promise<void> } | undefined;

  async function ask(): Promise<void> {
    await directory.users.page(
      { select: ['id'], pageSize: 1 },
      { deadline: limits.readiness, signal: AbortSignal.timeout(limits.readiness) },
    );
  }

  return {
    async check() {
      if (draining) throw new Error('draining');
      if (last === undefined || clock.monotonic() - last.at >= limits.readinessAge)
        last = { at: clock.monotonic(), answer: ask() };
      await last.answer;
    },
    drain() {
      draining = true;
    },
  };
}
