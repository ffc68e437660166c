import type { HttpRequest, HttpResponse, Ports } from '../../ports.ts';
import { createEventLog, type LoggedEvent } from '../../testing/event-log.ts';
import { createFakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import type { CredentialContext } from '../strategy.ts';

export interface Reply {
  readonly status?: number;
  /** An object is sent as JSON, text unchanged. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Answer = Reply | Error | ((request: HttpRequest) => Reply | Promise<Reply>);

export interface FakePlatform {
  readonly requests: HttpRequest[];
  readonly events: LoggedEvent[];
  readonly clock: FakeClock;
  readonly ports: Ports;
  readonly context: CredentialContext;
  /** Queues responses for the next requests. Without a queued response, a request gets token-1, token-2 … */
  next(...answers: Answer[]): void;
  /** Sets the response of every request without a queued response. */
  answerAlways(answer: Answer): void;
}

export const tenant = '11111111-2222-4333-8444-555555555555';
export const clientId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
export const scopes = ['https://graph.microsoft.com/.default'];

/** Returns the form fields in the body of a request. */
export function formOf(request: HttpRequest | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(request?.body ?? ''));
}

/**
 * Creates an identity platform in memory behind `ports.dispatch` that returns queued responses and records requests.
 */
export function createFakePlatform(changes: Partial<CredentialContext> = {}): FakePlatform {
  const requests: HttpRequest[] = [];
  const queue: Answer[] = [];
  const clock = createFakeClock();
  let tokens = 0;
  let always: Answer | undefined;

  function token(): Reply {
    tokens += 1;
    return { body: { token_type: 'Bearer', expires_in: 3599, access_token: `token-${tokens}` } };
  }

  async function dispatch(request: HttpRequest): Promise<HttpResponse> {
    request.signal?.throwIfAborted();
    requests.push(request);
    const answer = queue.shift() ?? always ?? token();
    if (answer instanceof Error) throw answer;
    const {
      status = 200,
      body,
      headers,
    } = typeof answer === 'function' ? await answer(request) : answer;
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
    return { status, headers: { ...headers }, body: Buffer.from(text) };
  }

  const { log, logged: events } = createEventLog();
  const ports: Ports = { clock, random: () => 0.5, log, dispatch };
  return {
    requests,
    events,
    clock,
    ports,
    context: {
      tenant,
      authority: new URL('https://login.microsoftonline.com/'),
      protocol: 'entra',
      clientId,
      ports,
      ...changes,
    },
    next: (...answers) => void queue.push(...answers),
    answerAlways(answer) {
      always = answer;
    },
  };
}
