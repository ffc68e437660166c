import { makeRsaPair } from './rsa-pair.ts';
import { signingKey, type SigningKey } from './signing-key.ts';

/** The keys that sign the tenant's tokens. */
export interface SigningKeys {
  /** Newest first: it signs, all are published. Another array after each change. */
  current(): readonly SigningKey[];
  /**
   * Makes a new key that signs from now on. The old ones stay published unless `withdraw`, after which tokens that
   * they signed are refused at once.
   */
  roll(options?: { readonly withdraw?: boolean | undefined }): Promise<void>;
}

export function createSigningKeys(first: SigningKey): SigningKeys {
  let keys: readonly SigningKey[] = [first];
  return {
    current: () => keys,
    async roll({ withdraw = false } = {}) {
      const fresh = signingKey(await makeRsaPair());
      keys = withdraw ? [fresh] : [fresh, ...keys];
    },
  };
}
