import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** Host and port of a request. Never its path or query, which can contain names of users. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused: nothing is listening on',
  ENOTFOUND: 'DNS lookup failed for',
  EAI_AGAIN: 'The DNS server did not respond for',
  EAI_FAIL: 'The DNS server failed for',
};

/** Whether a code says that a host name was not resolved. */
export function isLookupFailure(reason: string): boolean {
  return reason === 'ENOTFOUND' || reason.startsWith('EAI_');
}

/** No response arrived: the connection was refused or reset, or the host name was not found. */
export class NetworkError extends DirectoryError {
  override readonly name = 'NetworkError';
  readonly host: string;
  readonly port: number;
  /** The code of the operating system or of the HTTP client: `ECONNRESET`, `ENOTFOUND`, `UND_ERR_SOCKET` … */
  readonly reason: string;

  constructor(
    { host, port }: Endpoint,
    reason: string,
    { message, ...facts }: Partial<ErrorFacts> & { readonly message?: string } = {},
  ) {
    const what = reasons[reason] ?? 'No response from';
    super('E_NETWORK', message ?? `${what} ${host}:${port} (${reason}).`, {
      hint: isLookupFailure(reason)
        ? { code: 'check-host-name' }
        : 'Check the network between this machine and the host, and whether a proxy is needed.',
      ...facts,
    });
    this.host = host;
    this.port = port;
    this.reason = reason;
  }
}
