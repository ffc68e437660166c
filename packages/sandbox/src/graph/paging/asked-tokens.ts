/** Remembers the page tokens that were asked for, to tell a repeated request from a first one. */
export interface AskedTokens {
  /** Notes the token. True when it was asked for before. */
  again(token: string): boolean;
}

/** Older ones are forgotten: a client repeats a page at once or not at all. */
const kept = 10_000;

export function createAskedTokens(): AskedTokens {
  const asked = new Set<string>();
  return {
    again(token) {
      if (asked.has(token)) return true;
      asked.add(token);
      if (asked.size > kept) asked.delete(asked.values().next().value!);
      return false;
    },
  };
}
