import { DirectoryError, type ErrorFacts } from './directory-error.ts';
import type { Endpoint } from './network-error.ts';

/** The certificate of the host could not be verified. Never retried, and no setting turns the verification off. */
export class TlsError extends DirectoryError {
  override readonly name = 'TlsError';
  readonly host: string;
  readonly port: number;
  /** The code of the TLS library: `CERT_HAS_EXPIRED`, `SELF_SIGNED_CERT_IN_CHAIN` … */
  readonly reason: string;

  constructor(
    { host, port }: Endpoint,
    reason: string,
    { message, ...facts }: Partial<ErrorFacts> & { readonly message?: string } = {},
  ) {
    super('E_TLS', message ?? `Certificate verification failed for ${host}:${port} (${reason}).`, {
      hint: { code: 'trust-certificate' },
      ...facts,
    });
    this.host = host;
    this.port = port;
    this.reason = reason;
  }
}
