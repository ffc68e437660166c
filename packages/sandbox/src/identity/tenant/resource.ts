import type { Tenant } from './tenant.ts';
import { TokenRefusal } from '../refusal/token-refusal.ts';

/** An API that tokens are made for. */
export interface Resource {
  /** What a scope may name it by: application id URIs, and its client id. */
  readonly identifiers: readonly string[];
  /** `aud` of its tokens. */
  readonly audience: string;
  /** Graph takes version 1 tokens; an API of your own may ask for version 2. */
  readonly tokenVersion: 1 | 2;
  readonly isGraph?: boolean | undefined;
  /** Roles by client id. Graph's come from the applications' registrations. */
  readonly roles?: Readonly<Record<string, readonly string[]>> | undefined;
}

const suffix = '/.default';

function withoutSlash(identifier: string): string {
  return identifier.toLowerCase().replace(/\/$/u, '');
}

/**
 * Finds the resource that `scope` asks for. Client credentials name exactly one, by its `/.default`.
 * @throws {TokenRefusal} 1002012, 70011 or 500011
 */
export function resourceOf(
  scope: string,
  resources: readonly Resource[],
  tenant: Tenant,
): Resource {
  const parts = scope.split(/\s+/u).filter((part) => part !== '');
  if (!parts.every((part) => part.endsWith(suffix)))
    throw new TokenRefusal('scopeWithoutDefault', { scope });
  const [only = '', ...others] = new Set(parts.map((part) => part.slice(0, -suffix.length)));
  if (others.length > 0) throw new TokenRefusal('scopeInvalid', { scope });
  // A resource whose identifier ends in a slash is asked for as `//.default`; Entra takes both for either.
  const wanted = withoutSlash(only);
  const found = resources.find((resource) =>
    resource.identifiers.some((identifier) => withoutSlash(identifier) === wanted),
  );
  if (found === undefined)
    throw new TokenRefusal('unknownResource', { resource: only, directory: tenant.displayName });
  return found;
}

/** Microsoft's APIs that have a principal in every tenant; the sandbox issues their tokens and does not serve them. */
export const firstPartyResources: readonly Resource[] = [
  {
    identifiers: [
      'https://management.azure.com',
      'https://management.core.windows.net',
      '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    ],
    audience: 'https://management.azure.com',
    tokenVersion: 1,
  },
  {
    identifiers: ['https://graph.windows.net', '00000002-0000-0000-c000-000000000000'],
    audience: 'https://graph.windows.net',
    tokenVersion: 1,
  },
];
