import { DirectoryError, type ErrorFacts } from './directory-error.ts';
import type { Endpoint } from './network-error.ts';

/** The proxy could not be reached, or refused the connection. Names the proxy without its user and password. */
export class ProxyError extends DirectoryError {
  override readonly name = 'ProxyError';
  readonly host: string;
  readonly port: number;
  readonly reason: string;

  constructor(
    { host, port }: Endpoint,
    reason: string,
    { message, ...facts }: Partial<ErrorFacts> & { readonly message?: string } = {},
  ) {
    super('E_PROXY', message ?? `Cannot connect to the proxy ${host}:${port} (${reason}).`, {
      hint: 'Check the URL and the password of the proxy, or list the host in NO_PROXY if no proxy is needed.',
      ...facts,
    });
    this.host = host;
    this.port = port;
    this.reason = reason;
  }
}
