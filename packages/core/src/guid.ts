const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/** Returns whether `text` is exactly a GUID, in upper or lower case. */
export function isGuid(text: string): boolean {
  return pattern.test(text);
}

/**
 * Returns `text` as a GUID in lower case, without the whitespace, braces and quotes that are often copied with it.
 */
export function parseGuid(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^"(.*)"$/u, '$1')
    .replace(/^'(.*)'$/u, '$1')
    .replace(/^\{(.*)\}$/u, '$1')
    .replace(/^\((.*)\)$/u, '$1')
    .trim()
    .toLowerCase();
  return isGuid(bare) ? bare : undefined;
}

/** Returns whether `text` is not a GUID but was probably meant to be one. */
export function resemblesGuid(text: string): boolean {
  const bare = text.trim();
  return (
    parseGuid(bare) === undefined &&
    /^[{(]?[0-9a-z-]{28,44}[)}]?$/iu.test(bare) &&
    bare.split('-').length >= 4
  );
}
