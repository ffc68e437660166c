import { DirectoryError, type ErrorFacts } from './directory-error.ts';
import type { Endpoint } from './network-error.ts';

/** Which limit was exceeded: for the connection, between two pieces of data, or for the whole attempt. */
export type TimeoutPhase = 'connect' | 'idle' | 'total';

const phases: Record<TimeoutPhase, string> = {
  connect: 'did not accept the connection',
  idle: 'sent no data',
  total: 'did not complete its response',
};

const hints: Record<TimeoutPhase, string> = {
  connect:
    'Check that this machine can reach the host (firewall, proxy). The connection timeout is fixed.',
  idle: 'Try again later. The idle timeout is fixed and does not depend on `requestTimeout`.',
  total: 'Try again later, or increase `requestTimeout` if the network is known to be slow.',
};

/** One attempt took too long. */
export class TimeoutError extends DirectoryError {
  override readonly name = 'TimeoutError';
  readonly host: string;
  readonly port: number;
  readonly phase: TimeoutPhase;
  /** The limit that was exceeded, in milliseconds. */
  readonly limit: number;

  constructor(
    { host, port }: Endpoint,
    phase: TimeoutPhase,
    limit: number,
    { message, ...facts }: Partial<ErrorFacts> & { readonly message?: string } = {},
  ) {
    super('E_TIMEOUT', message ?? `${host}:${port} ${phases[phase]} within ${limit} ms.`, {
      hint: hints[phase],
      ...facts,
    });
    this.host = host;
    this.port = port;
    this.phase = phase;
    this.limit = limit;
  }
}
