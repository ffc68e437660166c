/**
 * The name of the channel of `node:diagnostics_channel` that gets a {@link CertificateMessage} each time a
 * certificate is used for a token request: about once per hour for each application.
 */
export const certificateChannel = 'rollcall:certificate';

/** The certificate of a token request, for a metric of its expiry. Contains no secrets. */
export interface CertificateMessage {
  readonly tenant: string;
  readonly clientId: string;
  /** SHA-256 thumbprint of the certificate in lower-case hex; changes with a rotation. */
  readonly thumbprint: string;
  /** When the certificate expires, in milliseconds since 1970. */
  readonly validTo: number;
  /** The remaining days, rounded up. */
  readonly daysLeft: number;
}
