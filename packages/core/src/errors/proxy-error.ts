import { DirectoryError } from './directory-error.ts';
import type { Endpoint } from './network-error.ts';

/** The proxy, not the service, is in the way. Names the proxy without its user and password. */
export class ProxyError extends DirectoryError {
  override readonly name = 'ProxyError';
  readonly host: string;
  readonly port: number;
  readonly reason: string;

  constructor(proxy: Endpoint, reason: string, facts: { retryable: boolean; cause?: unknown }) {
    super('E_PROXY', `The proxy ${proxy.host}:${proxy.port} did not connect us (${reason}).`, {
      hint: 'Check the proxy setting and its password, or list the host in NO_PROXY.',
      ...facts,
    });
    this.host = proxy.host;
    this.port = proxy.port;
    this.reason = reason;
  }
}
