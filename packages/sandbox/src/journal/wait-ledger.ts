import type { RequestClass } from './entry.ts';

/** A request that came before the wait was over that its sender had been asked for. */
export interface EarlyRequest {
  readonly class: RequestClass;
  readonly requestId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** How much too early, in milliseconds. */
  readonly early: number;
}

/** What came of `Retry-After`. */
export interface Waits {
  /** Answers that asked for a wait, and reached the client whole. */
  readonly asked: number;
  readonly early: number;
  /** The last hundred that came early. */
  readonly recent: readonly EarlyRequest[];
}

/** One request of one application to one part of the tenant. */
export interface WaitingRequest {
  readonly class: RequestClass;
  readonly requestId: string;
  /** As sent. */
  readonly authorization: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Compares each request with the waits that its application was asked for. */
export interface WaitLedger {
  arrived(request: WaitingRequest): void;
  /**
   * @param retryAfter the header's value; what RFC 9110 does not allow asks for nothing
   * @param at when the answer was sent, milliseconds since 1970
   */
  asked(request: WaitingRequest, retryAfter: unknown, at: number): void;
  waits(): Waits;
  clear(): void;
}

const kept = 100;

/** The application that a token names, unverified: who lies about it is refused elsewhere. */
function senderOf({ class: part, authorization = '' }: WaitingRequest): string {
  const [, payload = ''] = authorization.split('.');
  try {
    const { appid, azp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
      readonly appid?: unknown;
      readonly azp?: unknown;
    };
    return `${part} ${String(appid ?? azp)}`;
  } catch {
    return part;
  }
}

/** @returns when the wait ends, milliseconds since 1970 */
function endOf(retryAfter: unknown, at: number): number | undefined {
  if (typeof retryAfter !== 'string') return undefined;
  if (/^\d{1,10}$/u.test(retryAfter)) return at + Number(retryAfter) * 1_000;
  if (!/^[A-Z][a-z]+,? /u.test(retryAfter)) return undefined;
  // `asctime`'s form names no zone; it is UTC like the others.
  const until = Date.parse(retryAfter.endsWith('GMT') ? retryAfter : `${retryAfter} GMT`);
  return Number.isNaN(until) ? undefined : until;
}

export function createWaitLedger(): WaitLedger {
  const ends = new Map<string, number>();
  let asked = 0;
  let early = 0;
  let recent: EarlyRequest[] = [];
  return {
    arrived(request) {
      const end = ends.get(senderOf(request)) ?? 0;
      if (request.at >= end) return;
      early += 1;
      recent = [
        ...recent,
        {
          class: request.class,
          requestId: request.requestId,
          at: new Date(request.at).toISOString(),
          early: end - request.at,
        },
      ].slice(-kept);
    },
    asked(request, retryAfter, at) {
      const end = endOf(retryAfter, at);
      if (end === undefined) return;
      asked += 1;
      const sender = senderOf(request);
      ends.set(sender, Math.max(end, ends.get(sender) ?? 0));
    },
    waits: () => ({ asked, early, recent }),
    clear() {
      ends.clear();
      asked = 0;
      early = 0;
      recent = [];
    },
  };
}
