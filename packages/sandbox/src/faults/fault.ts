import type { ServerResponse } from 'node:http';

import type { Answer, Call } from '../http/handler.ts';
import type { Message } from '../http/send.ts';
import type { RequestClass } from '../journal/entry.ts';

/** Which requests a fault applies to. All given conditions must hold. */
export interface When {
  /** The part of the tenant; each kind has its own default. */
  readonly on?: RequestClass | 'any' | undefined;
  /** The request's path and query contain this. */
  readonly path?: string | undefined;
  /** The n-th matching request since the fault was set, from 1; or several. */
  readonly nth?: number | readonly number[] | undefined;
  /** From the n-th matching request on. */
  readonly from?: number | undefined;
  /** At most so often. */
  readonly times?: number | undefined;
  /** In [0, 1], drawn from the sandbox's seed. */
  readonly probability?: number | undefined;
}

/** The parameters of the kinds; each kind names its own. */
export interface FaultParameters {
  readonly status?: number | undefined;
  /** Sent as it is; a list is sent as several headers. `date:3`, `rfc850:3` and `asctime:3` are dates in 3 seconds. */
  readonly retryAfter?: string | number | readonly string[] | undefined;
  /** `json`, `html`, `empty` or `huge`. */
  readonly body?: string | undefined;
  readonly seconds?: number | undefined;
  readonly bytes?: number | undefined;
  readonly megabytes?: number | undefined;
  readonly count?: number | undefined;
  /** Placeholders: `{origin}`, `{hostile}`, `{hostile-http}`, `{host}`, `{link}` (the true one), `{self}`. */
  readonly location?: string | undefined;
  /** As `location`; null and numbers are sent as they are. */
  readonly link?: string | number | null | undefined;
  readonly value?: string | undefined;
  readonly form?: string | undefined;
  readonly contentType?: string | undefined;
  /** Replace fields of the token reply; null removes one. */
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  readonly reason?: string | undefined;
  /** In [0, 1]. */
  readonly share?: number | undefined;
}

/** Addresses that a fault may point a client at. */
export interface Places {
  readonly origin: string;
  readonly hostile: string;
  readonly hostileHttp: string;
}

export interface FaultContext {
  readonly parameters: FaultParameters;
  readonly call: Call;
  readonly class: RequestClass;
  readonly places: Places;
  readonly now: Date;
  /** How often this fault has struck before. */
  readonly struck: number;
  /** Rejects when the client has gone. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** Ends the connection with a TCP reset. */
  readonly reset: () => void;
}

/**
 * One way to go wrong, at one or several points of an answer's way. A step that does not apply returns undefined, and
 * then the fault has not happened.
 */
export interface FaultKind {
  /** One line for people. */
  readonly about: string;
  readonly on: RequestClass | 'any';
  /** The parameters it reads. */
  readonly takes: readonly (keyof FaultParameters)[];
  /** The values of parameters that are one of a few words. */
  readonly choices?: Readonly<Partial<Record<keyof FaultParameters, readonly string[]>>>;
  /** Answers in place of Entra or Graph. */
  readonly instead?: (context: FaultContext) => Answer | undefined | Promise<Answer | undefined>;
  /** Alters what they answered. */
  readonly rewrite?: (answer: Answer, context: FaultContext) => Answer | undefined;
  /** Alters the bytes, after the body was encoded. */
  readonly mangle?: (message: Message, context: FaultContext) => Message | Promise<Message>;
  /** Sends it, in place of the ordinary way. */
  readonly deliver?: (
    response: ServerResponse,
    message: Message,
    context: FaultContext,
  ) => void | Promise<void>;
}
