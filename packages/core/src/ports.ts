import type { Log } from './events.ts';

/**
 * What core needs from the outside. Production wires the real ones in `open-directory.ts`; tests pass their own,
 * which is why nothing below this file reads a clock, rolls a die, opens a socket or prints.
 */

/** Two clocks: wall time for what people and tokens say, monotonic time for every deadline and lifetime. */
export interface Clock {
  /** Milliseconds since 1970, UTC. May jump. */
  wall(): number;
  /** Milliseconds since an arbitrary start. Never goes back. */
  monotonic(): number;
  /**
   * Resolves after at least `milliseconds`. Rejects with `signal.reason` when aborted.
   * Any length is allowed: Node fires timers over 2^31-1 ms at once, so real clocks wait in slices.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A number in [0, 1), for jitter. */
export type Random = () => number;

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For one attempt, body included, in milliseconds. */
  readonly timeout?: number | undefined;
  /**
   * Called with the decompressed start of a body of a status 2xx while the rest arrives, at most once. It can end
   * anywhere, and the body can turn out to be incomplete. A dispatch may ignore it.
   */
  readonly onStart?: ((start: Uint8Array) => void) | undefined;
  /** Never uses a proxy, regardless of the settings: for endpoints on this machine or its host. */
  readonly direct?: boolean | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; repeated headers joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body, decompressed and proved complete. */
  readonly body: Uint8Array;
  /** The roles of the token of the request, where they matter for an error. */
  readonly roles?: readonly string[] | undefined;
}

/**
 * Sends one request over one connection and reads the whole answer. Follows no redirect, retries nothing.
 * @throws {DirectoryError} of code E_NETWORK, E_TIMEOUT, E_TLS or E_BAD_BODY when there is no whole answer;
 *   `signal.reason` when aborted
 */
export type Dispatch = (request: HttpRequest) => Promise<HttpResponse>;

export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly dispatch: Dispatch;
  /** Whether this machine finds an address for a host; the resolver of the system when absent. */
  readonly canResolve?: ((host: string) => Promise<boolean>) | undefined;
}

/** What a TLS handshake showed. Nothing was sent over it, whether or not the other side is to be trusted. */
export interface Handshake {
  /** `TLSv1.3` … */
  readonly protocol: string;
  /** The issuer of the certificate, if it names one. */
  readonly issuer: string;
  /** The names that it is for, as the certificate lists them. */
  readonly names: string;
  /** Milliseconds since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
  /** The TLS library's code for why it is not trusted; undefined when it is. */
  readonly distrust: string | undefined;
  /** Milliseconds until the host was reached, through a proxy if need be. */
  readonly connect: number;
  /** Milliseconds from there to the end of the handshake. */
  readonly tls: number;
}

/** The network below HTTP: for `diagnose`, which wants to know where it breaks. */
export interface NetworkProbe {
  /** The addresses of a host, as this machine finds them. @throws {Error} with the system's code, `ENOTFOUND` … */
  addresses(host: string, signal?: AbortSignal): Promise<readonly string[]>;
  /**
   * Reaches a host and shakes hands.
   * @param proxy by which the host is reached; directly when absent
   * @throws {DirectoryError} E_NETWORK, E_TIMEOUT or E_PROXY when it is not reached, E_TLS when it shows no certificate
   */
  handshake(
    url: URL,
    options: { readonly proxy?: URL | undefined; readonly signal?: AbortSignal | undefined },
  ): Promise<Handshake>;
}
