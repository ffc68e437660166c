import { BadTokenError } from '../../errors/bad-token-error.ts';
import type { Clock } from '../../ports.ts';
import { Secret } from '../../secret.ts';
import type { AccessToken } from '../access-token.ts';

const secondsInDay = 86_400;
const refreshMargin = 300;

/** Parses seconds: an integer or, from managed identities and old endpoints, its decimal digits. */
function seconds(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' && /^\d{1,15}$/u.test(value) ? Number(value) : undefined;
}

/**
 * Returns the seconds until a time that App Service and others send instead of a lifetime: seconds since 1970, or ISO
 * 8601.
 */
function secondsUntil(value: unknown, clock: Clock): number | undefined {
  const unix = seconds(value);
  const moment =
    unix === undefined ? (typeof value === 'string' ? Date.parse(value) : Number.NaN) : unix * 1000;
  return Number.isNaN(moment) ? undefined : Math.floor((moment - clock.wall()) / 1000);
}

/**
 * Parses a successful response of a token endpoint (RFC 6749 section 5.1). MSAL accepts a response without a token,
 * and a negative lifetime. A lifetime is limited to 24 hours, because no token of the platform is valid for longer.
 * @throws {BadTokenError} when the response contains no valid token
 */
export function parseTokenResponse(response: unknown, clock: Clock): AccessToken {
  if (typeof response !== 'object' || response === null)
    throw new BadTokenError('it is not a JSON object');
  const fields = response as Record<string, unknown>;
  const { access_token: token, token_type: type } = fields;
  if (typeof token !== 'string' || token === '') throw new BadTokenError('it has no access_token');
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
    throw new BadTokenError('its token_type is not Bearer');
  }
  const stated = seconds(fields['expires_in']) ?? secondsUntil(fields['expires_on'], clock);
  if (stated === undefined || stated <= 0) {
    throw new BadTokenError('its expires_in is not a positive number of seconds');
  }
  return createAccessToken(token, stated, seconds(fields['refresh_in']), clock);
}

/**
 * Creates a token that was received now and is valid for `lifetime` seconds. It is refreshed when the service says
 * so, else 300 seconds before it expires, else (for a lifetime under 600 seconds) after half its lifetime.
 * @param refreshIn seconds, from the service
 */
export function createAccessToken(
  token: string,
  lifetime: number,
  refreshIn: number | undefined,
  clock: Clock,
): AccessToken {
  const life = Math.min(lifetime, secondsInDay);
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
