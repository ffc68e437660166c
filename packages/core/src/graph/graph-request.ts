import type { HttpRequest, HttpResponse } from '../ports.ts';
import type { Deadline } from '../retry/deadline.ts';
import type { UnparsedObjects } from './parse-json.ts';
import type { RequestMetrics } from './request-metrics.ts';

/** A request on its way through the layers of the pipeline. */
export interface PipelineRequest extends HttpRequest {
  /** The deadline of the call that the request belongs to. */
  readonly deadline: Deadline;
  /** The longest wait that the service may ask for, in milliseconds, when it is shorter than that of the pipeline. */
  readonly maxRetryAfter?: number | undefined;
  /** Whether the result depends on the roles of the token. */
  readonly readsRoles?: boolean | undefined;
  /** What the call has cost so far; the layers update it. */
  readonly metrics?: RequestMetrics | undefined;
}

/** Sends one request and returns the response, with any status. */
export type SendRequest = (request: PipelineRequest) => Promise<HttpResponse>;

/** One concern of the pipeline, wrapped around the layers below it. */
export type Layer = (next: SendRequest) => SendRequest;

/** The facts about a response that go with its body. */
export interface ResponseInfo {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Length of the decompressed body in bytes. */
  readonly length: number;
  /** Which attempt succeeded: more than 1 after a retry. */
  readonly attempt: number;
  /** The roles of the token, if the request asks for them and they are known. */
  readonly roles?: readonly string[] | undefined;
  /** The objects of `value`, where the request is for a page. They are not part of the body. */
  readonly objects?: UnparsedObjects | undefined;
}

/** A request to Graph with the function that reads its response. */
export interface GraphRequest<Result> extends PipelineRequest {
  /**
   * Turns the parsed body into the result. It runs within the retry, so that a body of the wrong structure is requested
   * again when it throws a {@link BodyError}.
   */
  read(body: unknown, info: ResponseInfo): Result;
  /** Whether the response is a page of a collection, whose objects are checked but not parsed. */
  readonly isPage?: boolean | undefined;
  /**
   * The application permissions that the request needs, the least of each kind; those for listing users when absent.
   */
  readonly needs?: readonly string[] | undefined;
  /** Whether the caller prefers the error over another attempt. */
  readonly shouldStop?: ((error: unknown, attempt: number) => boolean) | undefined;
}

/** One attempt of a request to Graph. */
export type SendAttempt = <Result>(
  request: GraphRequest<Result>,
  attempt: number,
) => Promise<Result>;

/** Sends a request to Graph until it succeeds, or there is a reason to stop. */
export type Send = <Result>(request: GraphRequest<Result>) => Promise<Result>;
