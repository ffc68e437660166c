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
  const wanted = only.toLowerCase();
  const found = resources.find((resource) =>
    resource.identifiers.some((identifier) => identifier.toLowerCase() === wanted),
  );
  if (found === undefined)
    throw new TokenRefusal('unknownResource', { resource: only, directory: tenant.displayName });
  return found;
}
