/**
 * Channel of `node:diagnostics_channel` that has a {@link CertificateMessage} whenever a certificate signs for a token: about once
 * an hour for each application, at the start, and as soon as a rotated one is used.
 */
export const certificateChannel = 'rollcall:certificate';

/** What a gauge of certificates needs to know. Nothing in it is secret. */
export interface CertificateMessage {
  readonly tenant: string;
  readonly clientId: string;
  /** SHA-256 of the certificate, hex, lower case: another one after a rotation. */
  readonly thumbprint: string;
  /** When it ends, in milliseconds since 1970: a gauge of this stays true between two messages. */
  readonly validTo: number;
  /** Days until then at the moment of the message, one that has begun counting in full. */
  readonly daysLeft: number;
}
