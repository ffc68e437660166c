import { DirectoryError, type ErrorFacts } from './directory-error.ts';
import { type Endpoint, isLookupFailure } from './network-error.ts';

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
    const what = isLookupFailure(reason) ? 'DNS lookup failed for' : 'Cannot connect to';
    super('E_PROXY', message ?? `${what} the proxy ${host}:${port} (${reason}).`, {
      hint: isLookupFailure(reason)
        ? { code: 'check-host-name' }
        : 'Check the URL and the password of the proxy, or list the host in NO_PROXY if no proxy is needed.',
      ...facts,
    });
    this.host = host;
    this.port = port;
    this.reason = reason;
  }
}
