/**
 * Returns a string literal of OData: in single quotes, with each quote inside doubled. Not yet percent-encoded.
 *
 * @example
 * const filter = `surname eq ${odataLiteral("O'Brien")}`; // surname eq 'O''Brien'
 */
export function odataLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Returns the query string of a URL, without the question mark. It is percent-encoded, except the comma and
 * the slash, which are valid in a query string and easier to read in logs.
 */
export function odataOptions(options: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(options)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(
      ([name, value]) =>
        `${name}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%2F', '/')}`,
    )
    .join('&');
}
