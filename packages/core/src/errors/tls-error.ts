import { DirectoryError } from './directory-error.ts';
import type { Endpoint } from './network-error.ts';

/** The host could not prove who it is. Never retried, and no setting turns the check off. */
export class TlsError extends DirectoryError {
  override readonly name = 'TlsError';
  readonly host: string;
  readonly port: number;
  /** The TLS library's code: `CERT_HAS_EXPIRED`, `SELF_SIGNED_CERT_IN_CHAIN` … */
  readonly reason: string;

  constructor(endpoint: Endpoint, reason: string, cause?: unknown) {
    super('E_TLS', `${endpoint.host}:${endpoint.port} could not be trusted (${reason}).`, {
      hint: 'If an inspecting proxy or a private authority signs this host, pass its certificate with --ca (setting `caFile`); if not, somebody may be in between.',
      cause,
    });
    this.host = endpoint.host;
    this.port = endpoint.port;
    this.reason = reason;
  }
}
