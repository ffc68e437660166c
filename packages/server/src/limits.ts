/** How long, how many, how big. Times in milliseconds. */
export interface Limits {
  /** For one answer that is not a stream, upstream included. */
  readonly request: number;
  /** A reader of a stream that takes nothing for so long is cut off. */
  readonly stall: number;
  /** The least rate at which a reader has to take a stream, in bytes a second. */
  readonly readerRate: number;
  /** For one look at the directory by `/readyz`. */
  readonly readiness: number;
  /** How long a look at the directory stays good. */
  readonly readinessAge: number;
  /** From the signal to stop until no new connections are accepted: `/readyz` says 503 meanwhile. */
  readonly announce: number;
  /** From then until what still runs is cut. */
  readonly drain: number;
  /** Pages and users being read at once. */
  readonly reads: number;
  /** Of these, those of one authenticated caller. */
  readonly readsPerCaller: number;
  /** Users in the pages that are read at once; further pages wait. */
  readonly pagedUsers: number;
  /** Requests of one authenticated caller per minute. */
  readonly callerRate: number;
  /** How long a page, a user or a count is returned to further requests; 0 to send each request to Graph. */
  readonly cacheAge: number;
  /** Users that are kept for further requests. */
  readonly cachedUsers: number;
  /** Whole directories being streamed at once: each holds a page, and they share one tenant's quota. */
  readonly streams: number;
  /** Of these, those of one address: one caller cannot take all of them. */
  readonly streamsPerCaller: number;
  /** For the head of a request to arrive, and for all of it. */
  readonly head: number;
  readonly arrival: number;
  /** Open connections; more are closed as they come. */
  readonly connections: number;
  /** Between two looks at the files of the certificate. */
  readonly tlsPoll: number;
  /** Characters of a request's path and query. */
  readonly url: number;
}

export const defaultLimits: Limits = {
  request: 30_000,
  stall: 30_000,
  readerRate: 4_096,
  readiness: 5_000,
  readinessAge: 10_000,
  announce: 1_000,
  drain: 25_000,
  reads: 100,
  pagedUsers: 10_000,
  readsPerCaller: 60,
  callerRate: 6_000,
  cacheAge: 2_000,
  cachedUsers: 20_000,
  streams: 12,
  streamsPerCaller: 8,
  // Node's own defaults are 60 s, 300 s and any number.
  head: 10_000,
  arrival: 30_000,
  connections: 1_000,
  tlsPoll: 2_000,
  url: 8_192,
};
