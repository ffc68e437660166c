/** One request, read to its end. The server makes it; every part of the sandbox answers it the same way. */
export interface Call {
  /** Upper case, as sent. */
  readonly method: string;
  /** Absolute, with the origin the client used. */
  readonly url: URL;
  /** Lower-case names; repeated headers joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty when there was none. */
  readonly body: Buffer;
  /** A fresh GUID for every request. */
  readonly requestId: string;
  /** What the caller sent as `client-request-id`. */
  readonly clientRequestId?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer | undefined;
  /** Called when the whole answer was sent: from then on nothing refers to the body. */
  readonly release?: (() => void) | undefined;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;
