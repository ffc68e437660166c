/** What the identity side found out about an `Authorization` header. Graph words its 401 by `reason`. */
export type AccessTokenVerdict =
  | {
      readonly valid: true;
      /** The application's client id: `appid` of a v1 token. */
      readonly appId: string;
      /** Application permissions granted by an administrator; empty without consent. */
      readonly roles: readonly string[];
      readonly claims: Readonly<Record<string, unknown>>;
    }
  | {
      readonly valid: false;
      readonly reason: 'empty' | 'malformed' | 'expired' | 'audience' | 'signature';
    };

/** Judges the whole `Authorization` header, scheme included; undefined when it was not sent. */
export type VerifyAccessToken = (
  authorization: string | undefined,
) => AccessTokenVerdict | Promise<AccessTokenVerdict>;
