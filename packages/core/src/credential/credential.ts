import type { AccessToken } from './access-token.ts';
import type { TokenRequest } from './access-token.ts';
import type { ProofReport } from './proof-report.ts';

/** One way to prove the application to the identity platform. Holds no token: `token/` decides when to ask. */
export interface Credential {
  /** The strategy's name in the settings: `client-secret`, `client-certificate` … */
  readonly kind: string;
  /**
   * Asks the service for a new token, every time.
   * @throws {DirectoryError} E_CREDENTIAL when the proof itself is unusable, E_TOKEN_REFUSED when the service
   *   declines it, E_TOKEN_BAD when its answer is not a token, and the network's own codes
   */
  requestToken(request: TokenRequest): Promise<AccessToken>;
  /**
   * Which proof the next request would use, where it can change under way (a file, a command). Another answer than
   * before a refusal means that the proof was rotated meanwhile, and that asking again makes sense.
   * @throws {DirectoryError} E_CREDENTIAL when the proof is unusable
   */
  readonly proofId?: (() => Promise<string>) | undefined;
  /**
   * Secret bytes that only this credential has, from which the key of a shared token cache is made. Absent, or undefined,
   * where it has none of its own (federated, managed identity): such tokens stay in memory.
   */
  readonly sealingProof?: (() => Promise<Uint8Array | undefined>) | undefined;
  /**
   * Looks at the proof and does not use it: for `diagnose`. Absent where there is nothing to look at.
   * @throws {DirectoryError} E_CREDENTIAL saying the first thing that is wrong with it
   */
  readonly examine?: ((signal?: AbortSignal) => Promise<ProofReport>) | undefined;
}
