import { z } from 'zod';

import { roles, type Role } from '../role.ts';

const guid = z.string().regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u);
const seconds = z.number().int().min(0).max(4_102_444_800);

/** The claims of an access token that are read. Other claims are ignored. */
const tokenClaims = z.object({
  ver: z.enum(['1.0', '2.0']),
  tid: guid,
  oid: guid,
  iss: z.string(),
  iat: seconds,
  nbf: seconds,
  exp: seconds,
  idtyp: z.string().optional(),
  roles: z.array(z.string()).optional(),
  scp: z.string().optional(),
  azp: guid.optional(),
  appid: guid.optional(),
  azpacr: z.string().optional(),
  appidacr: z.string().optional(),
});

export type TokenClaims = z.output<typeof tokenClaims>;

/** Seconds: Entra's longest access token lives about a day. */
const longestLifetime = 25 * 3_600;

/** What an access token proves about its caller, or why it proves nothing. */
export type Judged =
  | { readonly application: string; readonly roles: ReadonlySet<Role> }
  | { readonly problem: string };

/** Whether the caller used a secret, certificate or assertion; a public client has `0`. */
function isConfidential(claims: TokenClaims): boolean {
  return ['1', '2'].includes((claims.ver === '2.0' ? claims.azpacr : claims.appidacr) ?? '');
}

/** Returns the roles that a token names: app roles of an application, or scopes of a user if they are accepted. */
function grantedBy(claims: TokenClaims, acceptsUsers: boolean): readonly string[] | string {
  const { roles: appRoles, scp, idtyp } = claims;
  if (scp !== undefined) {
    if (!acceptsUsers) return 'delegated';
    // Roles of a user are not those of the application.
    return idtyp === 'app' ? 'idtyp' : scp.split(' ');
  }
  if (idtyp !== undefined && idtyp !== 'app') return 'idtyp';
  if (!isConfidential(claims)) return 'public client';
  return appRoles ?? [];
}

/** Checks what the claims of a verified token say about each other and about the caller. */
export function judgeClaims(
  claims: TokenClaims,
  options: { readonly applications?: readonly string[] | undefined; readonly delegated: boolean },
): Judged {
  if (claims.nbf >= claims.exp) return { problem: 'nbf' };
  if (claims.exp - claims.iat > longestLifetime) return { problem: 'lifetime' };
  const application = claims.ver === '2.0' ? claims.azp : claims.appid;
  if (application === undefined) return { problem: 'application' };
  if (options.applications?.includes(application) === false) return { problem: 'application' };
  const granted = grantedBy(claims, options.delegated);
  if (typeof granted === 'string') return { problem: granted };
  return { application, roles: new Set(roles.filter((role) => granted.includes(role))) };
}

/** Reads the claims of a token; the problem names the first claim of a wrong type. */
export function readClaims(payload: unknown): TokenClaims | { readonly problem: string } {
  const result = tokenClaims.safeParse(payload);
  return result.success
    ? result.data
    : { problem: String(result.error.issues[0]?.path[0] ?? 'claims') };
}
