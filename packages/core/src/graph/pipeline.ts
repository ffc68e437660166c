import type { Ports } from '../ports.ts';
import type { TokenSource } from '../token/token-source.ts';
import { authorize } from './authorize.ts';
import { createCircuitBreaker } from '../retry/circuit-breaker.ts';
import { meterRequests } from './meter-requests.ts';
import { decode } from './decode.ts';
import { addRequestIds } from './request-ids.ts';
import { attemptTimeout } from './attempt-timeout.ts';
import { createPacing, type Pacing } from './pacing.ts';
import { publishRequests } from './publish-requests.ts';
import { observeUsage } from './observe-usage.ts';
import { refuseRedirects } from './refuse-redirects.ts';
import { createRetryBudget } from '../retry/retry-budget.ts';
import type { RetryPolicy } from '../retry/retry-decision.ts';
import { retry } from './retry.ts';
import type { SendRequest, Layer, Send } from './graph-request.ts';
import { logRequests } from './log-requests.ts';

export interface PipelineOptions {
  readonly ports: Ports;
  readonly tokens: TokenSource;
  readonly scopes: readonly string[];
  /** Origin of the Graph root. */
  readonly origin: string;
  /** The limit of one attempt, in milliseconds. */
  readonly requestTimeout: number;
  readonly policy: RetryPolicy;
  readonly adminConsentUrl?: string | undefined;
}

/** Sends requests to the Graph of one tenant. */
export interface Pipeline {
  readonly send: Send;
  /** Delays all requests, see {@link Pacing.hold}: for a wait that is asked for within a response, as in a batch. */
  hold: Pacing['hold'];
}

/**
 * Creates the pipeline. Its layers in order, the outermost first: retries are outside of all others, because no other
 * layer retries; the token is chosen for each attempt; metering and logging are innermost, so that they see what is
 * really sent.
 */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { ports, tokens, scopes, origin, requestTimeout, policy } = options;
  const pacing = createPacing(ports.clock);
  const layers: readonly Layer[] = [
    authorize({ tokens, scopes, origin }),
    addRequestIds,
    refuseRedirects,
    attemptTimeout(requestTimeout),
    observeUsage(pacing),
    meterRequests,
    publishRequests,
    logRequests(ports),
  ];
  const sendOnce = layers.reduceRight<SendRequest>((next, layer) => layer(next), ports.dispatch);
  const send = retry(
    decode(sendOnce, {
      clock: ports.clock,
      log: ports.log,
      adminConsentUrl: options.adminConsentUrl,
    }),
    {
      clock: ports.clock,
      random: ports.random,
      log: ports.log,
      policy,
      circuitBreaker: createCircuitBreaker(createRetryBudget(), ports.clock, ports.log),
      pacing,
    },
  );
  return { send, hold: (milliseconds, sentAt) => pacing.hold(milliseconds, sentAt) };
}
