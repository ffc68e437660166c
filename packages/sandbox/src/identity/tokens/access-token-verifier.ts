import { compactVerify, decodeJwt, decodeProtectedHeader } from 'jose';

import type { Clock } from '../../clock.ts';
import type { AccessTokenVerdict, VerifyAccessToken } from './access-token-verdict.ts';
import type { SigningKey } from './signing-key.ts';

const remembered = 1_000;

export interface VerifierPorts {
  readonly clock: Clock;
  /** The keys that are published now; a token of a withdrawn key is no longer good. */
  keys(): readonly SigningKey[];
  readonly audiences: readonly string[];
}

type Refused = Extract<AccessTokenVerdict, { valid: false }>;

const refused = (reason: Refused['reason']): Refused => ({ valid: false, reason });

/** The claims that the verdict depends on. */
interface Claims extends Record<string, unknown> {
  readonly aud: string;
  readonly nbf: number;
  readonly exp: number;
  readonly appid?: string;
  readonly azp?: string;
  readonly roles?: readonly string[];
}

/** A verdict that holds until the token's dates are looked at. */
type Judged = Refused | { readonly accepted: Claims };

/**
 * Judges access tokens as Graph does. A token's signature is checked once and remembered for as long as the set
 * of keys is the same; its dates are looked at every time.
 */
export function createAccessTokenVerifier(ports: VerifierPorts): VerifyAccessToken {
  const verdicts = new Map<string, Judged>();
  let judgedWith = ports.keys();

  const judge = async (token: string): Promise<Judged> => {
    let claims: Claims;
    let kid: string | undefined;
    try {
      claims = decodeJwt<Claims>(token);
      ({ kid } = decodeProtectedHeader(token));
    } catch {
      return refused('malformed');
    }
    const key = ports.keys().find((candidate) => candidate.kid === kid);
    if (key === undefined) return refused('signature');
    try {
      await compactVerify(token, key.publicKey, { algorithms: ['RS256'] });
    } catch {
      return refused('signature');
    }
    if (!ports.audiences.includes(claims.aud)) return refused('audience');
    return { accepted: claims };
  };

  const dated = (judged: Judged): AccessTokenVerdict => {
    if (!('accepted' in judged)) return judged;
    const claims = judged.accepted;
    const now = ports.clock.now() / 1000;
    if (claims.exp <= now || claims.nbf > now) return refused('expired');
    return {
      valid: true,
      appId: claims.appid ?? claims.azp ?? '',
      roles: claims.roles ?? [],
      claims,
    };
  };

  return (authorization) => {
    const token = /^Bearer\s+(\S+)\s*$/iu.exec(authorization ?? '')?.[1];
    if (token === undefined) return refused('empty');
    if (judgedWith !== ports.keys()) {
      verdicts.clear();
      judgedWith = ports.keys();
    }
    const known = verdicts.get(token);
    if (known !== undefined) return dated(known);
    return judge(token).then((verdict) => {
      if (verdicts.size >= remembered) verdicts.delete(verdicts.keys().next().value ?? '');
      verdicts.set(token, verdict);
      return dated(verdict);
    });
  };
}
