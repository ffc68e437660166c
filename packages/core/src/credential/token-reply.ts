import { BadTokenError } from '../errors/bad-token-error.ts';
import type { Clock } from '../ports.ts';
import { Secret } from '../secret.ts';
import type { AccessToken } from './access-token.ts';

const secondsInDay = 86_400;
const refreshMargin = 300;

/** Seconds as the service writes them: a whole number, or (managed identities, old endpoints) its decimal digits. */
function seconds(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' && /^\d{1,15}$/u.test(value) ? Number(value) : undefined;
}

/** Until a moment, which App Service and others state in place of a lifetime: seconds since 1970, or ISO 8601. */
function secondsUntil(value: unknown, clock: Clock): number | undefined {
  const unix = seconds(value);
  const moment =
    unix === undefined ? (typeof value === 'string' ? Date.parse(value) : Number.NaN) : unix * 1000;
  return Number.isNaN(moment) ? undefined : Math.floor((moment - clock.wall()) / 1000);
}

/**
 * Turns a token endpoint's 200 into a token, or refuses it (RFC 6749 section 5.1). MSAL takes a reply without a
 * token for an empty one, and a lifetime of -5 for a token.
 * The lifetime is cut to 24 h: no token of the platform lives longer, so more is nonsense that would never end.
 * @throws {BadTokenError} when there is no token in it
 */
export function tokenOfReply(reply: unknown, clock: Clock): AccessToken {
  if (typeof reply !== 'object' || reply === null) throw new BadTokenError('it is no JSON object');
  const fields = reply as Record<string, unknown>;
  const { access_token: token, token_type: type } = fields;
  if (typeof token !== 'string' || token === '') throw new BadTokenError('it has no access_token');
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
    throw new BadTokenError('its token_type is not Bearer');
  }
  const stated = seconds(fields['expires_in']) ?? secondsUntil(fields['expires_on'], clock);
  if (stated === undefined || stated <= 0) {
    throw new BadTokenError('its expires_in is not a positive number of seconds');
  }
  return tokenOfLifetime(token, stated, seconds(fields['refresh_in']), clock);
}

/**
 * A token received now that lives for `stated` seconds. It is refreshed when the service says so, else 300 s
 * before its end, else (when it does not live for twice that) at half its life.
 */
export function tokenOfLifetime(
  token: string,
  stated: number,
  refreshIn: number | undefined,
  clock: Clock,
): AccessToken {
  const life = Math.min(stated, secondsInDay);
  const latest = life >= 2 * refreshMargin ? life - refreshMargin : life / 2;
  const refresh = refreshIn !== undefined && refreshIn > 0 ? Math.min(refreshIn, latest) : latest;
  const now = clock.monotonic();
  return {
    token: new Secret(token),
    expiresAt: now + life * 1000,
    refreshAt: now + refresh * 1000,
    expiresOnTimestamp: clock.wall() + life * 1000,
  };
}
