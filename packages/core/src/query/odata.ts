/** A string literal of OData: in single quotes, with each quote inside doubled. Not yet percent-encoded. */
export function odataLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * The query string of a URL, without the question mark. Everything is percent-encoded once, save what people
 * want to read and no server mistakes: the comma and the slash between names.
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
