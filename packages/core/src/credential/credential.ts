import type { AccessToken } from './access-token.ts';
import type { TokenRequest } from './access-token.ts';
import type { CredentialReport } from './credential-report.ts';

/** Authenticates the application to the identity platform. Keeps no tokens: `token/` decides when to request one. */
export interface Credential {
  /** The kind of credential in the settings: `client-secret`, `client-certificate` … */
  readonly kind: string;
  /**
   * Requests a new token from the service every time.
   * @throws {CredentialError} when the credential cannot be used
   * @throws {TokenRefusedError} when the service rejects it
   * @throws {BadTokenError} when the response contains no valid token
   * @throws {NetworkError} and other errors of the connection
   */
  requestToken(request: TokenRequest): Promise<AccessToken>;
  /**
   * Identifies the secret or certificate that the next request would use, if it can change while the program runs.
   * When it has changed after the service rejected a request, the credential was rotated in the meantime and a retry
   * can succeed.
   * @throws {CredentialError} when the credential cannot be used
   */
  readonly fingerprint?: (() => Promise<string>) | undefined;
  /**
   * Secret bytes of this credential, from which the encryption key of a shared token cache is derived. Absent or
   * undefined for a credential without a secret (federated, managed identity), whose tokens are only cached in
   * memory.
   */
  readonly sealingSecret?: (() => Promise<Uint8Array | undefined>) | undefined;
  /**
   * Checks the credential without using it, for `diagnose`. Absent when nothing can be checked locally.
   * @throws {CredentialError} with the first problem
   */
  readonly examine?: ((signal?: AbortSignal) => Promise<CredentialReport>) | undefined;
}
