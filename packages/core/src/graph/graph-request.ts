import type { HttpRequest, HttpResponse } from '../ports.ts';
import type { Deadline } from '../retry/deadline.ts';
import type { RequestMetrics } from './request-metrics.ts';

/** A request on its way through the layers. */
export interface PipelineRequest extends HttpRequest {
  /** When the call that it belongs to must be over. */
  readonly deadline: Deadline;
  /** What the call has cost so far; the layers keep it up to date. */
  readonly metrics?: RequestMetrics | undefined;
}

/** One request to one answer, whatever its status. */
export type SendRequest = (request: PipelineRequest) => Promise<HttpResponse>;

/** One concern around an exchange. */
export type Layer = (next: SendRequest) => SendRequest;

/** What an answer says about itself, beside its body. */
export interface ResponseInfo {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the body, in bytes, decompressed. */
  readonly length: number;
}

export interface GraphRequest<Result> extends PipelineRequest {
  /**
   * Turns the parsed body into what was asked for. It runs inside the retry, so that a body of the wrong shape
   * is asked for again: throw a {@link BodyError} for that.
   */
  read(body: unknown, facts: ResponseInfo): Result;
  /** Application permissions that the answer takes, the least of each kind; what lists users when absent. */
  readonly needs?: readonly string[] | undefined;
  /** Whether the asker would rather ask something else than this once more; it is told of the error then. */
  readonly shouldStop?: ((error: unknown, attempt: number) => boolean) | undefined;
}

/** Asks until there is a good answer or a reason to stop. */
export type Send = <Result>(request: GraphRequest<Result>) => Promise<Result>;
