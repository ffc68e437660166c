/** What a token says, once its signature, audience and dates hold. */
export interface AccessTokenClaims {
  readonly aud: string;
  readonly iss: string;
  readonly tid: string;
  /** The application's id in version 1 tokens, `azp` in version 2. */
  readonly appid?: string | undefined;
  readonly azp?: string | undefined;
  readonly oid?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  /** `cp1` when the client said that it can handle a claims challenge. */
  readonly xms_cc?: readonly string[] | undefined;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly [claim: string]: unknown;
}

/** Why Graph refuses a token; each reason has its own wording in a 401. */
export type Refusal = 'empty' | 'malformed' | 'expired' | 'audience' | 'signature';

export type Verdict =
  | {
      readonly valid: true;
      readonly appId: string;
      readonly roles: readonly string[];
      readonly claims: AccessTokenClaims;
    }
  | { readonly valid: false; readonly reason: Refusal };

/** Judges an `Authorization` header's value. Cheap for a token that it has seen before. */
export type VerifyAccessToken = (authorization: string | undefined) => Promise<Verdict> | Verdict;
