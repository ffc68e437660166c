import { createHmac, timingSafeEqual } from 'node:crypto';

/** The position in a delta round. Everything is in the token: its links carry no other option (section 4). */
export interface DeltaState {
  /** `baseline` walks slots, `changes` walks the history. */
  readonly phase: 'baseline' | 'changes';
  /** Next slot of the baseline, or number of history lines read. */
  readonly cursor: number;
  /** The round's history ends here; the next round begins here. */
  readonly upTo: number;
  readonly select: string | undefined;
  readonly ids: readonly string[] | undefined;
  readonly pageSize: number;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  /** When the round began, in milliseconds since 1970. */
  readonly startedAt: number;
}

export interface DeltaTokens {
  issue(state: DeltaState): string;
  /** undefined for what was not issued here. */
  read(token: string): DeltaState | undefined;
}

const sealLength = 16;

export function createDeltaTokens(seed: number): DeltaTokens {
  const key = `delta tokens of seed ${seed}`;
  const seal = (payload: Buffer): Buffer =>
    createHmac('sha256', key).update(payload).digest().subarray(0, sealLength);
  return {
    issue(state) {
      const payload = Buffer.from(JSON.stringify(state));
      return Buffer.concat([seal(payload), payload]).toString('base64url');
    },
    read(token) {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length <= sealLength) return undefined;
      const payload = bytes.subarray(sealLength);
      return timingSafeEqual(bytes.subarray(0, sealLength), seal(payload))
        ? (JSON.parse(payload.toString('utf8')) as DeltaState)
        : undefined;
    },
  };
}
