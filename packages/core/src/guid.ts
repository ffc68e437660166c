const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** `text` as a GUID in lower case, freed of the blanks, braces and quotes that copying brings along. */
export function guidOf(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^"(.*)"$/u, '$1')
    .replace(/^'(.*)'$/u, '$1')
    .replace(/^\{(.*)\}$/u, '$1')
    .replace(/^\((.*)\)$/u, '$1')
    .trim()
    .toLowerCase();
  return guid.test(bare) ? bare : undefined;
}

/** Whether `text` was meant to be a GUID and is not one. */
export function resemblesGuid(text: string): boolean {
  const bare = text.trim();
  return (
    guidOf(bare) === undefined &&
    /^[{(]?[0-9a-z-]{28,44}[)}]?$/iu.test(bare) &&
    bare.split('-').length >= 4
  );
}
