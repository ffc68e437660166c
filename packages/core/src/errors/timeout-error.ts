import { DirectoryError, type ErrorFacts } from './directory-error.ts';
import type { Endpoint } from './network-error.ts';

/** Which clock ran out: opening the connection, waiting for the next byte, or the whole attempt. */
export type TimeoutPhase = 'connect' | 'idle' | 'total';

const phases: Record<TimeoutPhase, string> = {
  connect: 'did not accept a connection',
  idle: 'sent nothing',
  total: 'did not finish its answer',
};

const hints: Record<TimeoutPhase, string> = {
  connect: 'Check that this machine may reach it (firewall, proxy); the time to connect is fixed.',
  idle: 'Try again later. The longest silence is fixed, and raising `requestTimeout` does not change it.',
  total: 'Try again later; raise `requestTimeout` when the network is known to be slow.',
};

/** One attempt took too long. */
export class TimeoutError extends DirectoryError {
  override readonly name = 'TimeoutError';
  readonly host: string;
  readonly port: number;
  readonly phase: TimeoutPhase;
  /** The limit that was reached, in milliseconds. */
  readonly limit: number;

  constructor(
    endpoint: Endpoint,
    phase: TimeoutPhase,
    limit: number,
    facts: Partial<ErrorFacts> = {},
  ) {
    super('E_TIMEOUT', `${endpoint.host}:${endpoint.port} ${phases[phase]} for ${limit} ms.`, {
      hint: hints[phase],
      ...facts,
    });
    this.host = endpoint.host;
    this.port = endpoint.port;
    this.phase = phase;
    this.limit = limit;
  }
}
