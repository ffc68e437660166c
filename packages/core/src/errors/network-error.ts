import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** Where a request was going. Never the path or the query: those may name people. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** The network gave no answer: refused, reset, no such name. */
export class NetworkError extends DirectoryError {
  override readonly name = 'NetworkError';
  readonly host: string;
  readonly port: number;
  /** The system's or the HTTP client's own code: `ECONNRESET`, `ENOTFOUND`, `UND_ERR_SOCKET` … */
  readonly reason: string;

  constructor(endpoint: Endpoint, reason: string, facts: Partial<ErrorFacts> = {}) {
    super('E_NETWORK', `No answer from ${endpoint.host}:${endpoint.port} (${reason}).`, {
      hint:
        reason === 'ENOTFOUND'
          ? 'Check the name of the host in the settings, and the DNS of this machine.'
          : 'Check the network between this machine and the host, and whether a proxy is needed.',
      ...facts,
    });
    this.host = endpoint.host;
    this.port = endpoint.port;
    this.reason = reason;
  }
}
