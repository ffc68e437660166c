import type { AccessToken } from './access-token.ts';

export interface TokenRequest {
  readonly scopes: readonly string[];
  /** Claims challenge to satisfy, as decoded JSON text; such a token is never served from a cache. */
  readonly claims?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A token for the asking: from memory while it is good, from the service otherwise, once for all who wait. */
export interface TokenSource {
  /**
   * @throws {DirectoryError} of category `authentication` when refused, `service` when nobody answered
   */
  getToken(request: TokenRequest): Promise<AccessToken>;
  /** The service said 401 to this very token: forget it, unless somebody already replaced it. */
  reject(token: AccessToken): void;
}
