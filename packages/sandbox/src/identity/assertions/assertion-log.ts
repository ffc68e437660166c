import { TokenRefusal } from '../refusal/token-refusal.ts';

/** Remembers the ids of assertions while they live. */
export interface AssertionLog {
  /** @throws {TokenRefusal} when replays are refused and `jti` was used before */
  use(jti: string, expires: number): void;
  readonly replays: number;
}

const remembered = 10_000;

/**
 * Counts replays, and refuses them if told to. Off by default: MSAL Node sends one assertion again and again for
 * the ten minutes that it lives, so a service that refused would break it; what Entra does is not documented.
 */
export function createAssertionLog(refuse: boolean): AssertionLog {
  const seen = new Map<string, number>();
  let replays = 0;
  return {
    use(jti, expires) {
      const isReplay = seen.has(jti);
      seen.set(jti, expires);
      if (seen.size > remembered) seen.delete(seen.keys().next().value ?? '');
      if (!isReplay) return;
      replays += 1;
      if (refuse) throw new TokenRefusal('assertionReplayed', { jti });
    },
    get replays() {
      return replays;
    },
  };
}
