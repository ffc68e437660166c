import { badParameter } from '../errors/request-error.ts';

/** The parameters of one request: each at most once, each known by name. */
export type Parameters = ReadonlyMap<string, string>;

function decoded(name: string, text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw badParameter(name, 'is not valid percent-encoded UTF-8');
  }
}

/**
 * Reads the query of a URL strictly: lenient parsers let two readers of one URL see two different questions.
 * OData options are accepted with and without their dollar and in any case, as Graph does.
 * @param url as received: path and query
 * @param known the names this route understands, in lower case and with their dollar
 * @throws {RequestError} 400 naming the parameter when it is unknown, repeated or badly encoded
 */
export function readParameters(url: string, known: readonly string[]): Parameters {
  const start = url.indexOf('?');
  const parameters = new Map<string, string>();
  if (start === -1) return parameters;
  for (const pair of url.slice(start + 1).split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const written = decoded('query', equals === -1 ? pair : pair.slice(0, equals));
    const lowerCase = written.toLowerCase();
    const name = known.find((option) => option === lowerCase || option === `$${lowerCase}`);
    if (name === undefined)
      throw badParameter(printable(written), `unknown; supported: ${known.join(' ') || 'none'}`);
    if (parameters.has(name)) throw badParameter(name, 'is specified more than once');
    parameters.set(name, equals === -1 ? '' : decoded(name, pair.slice(equals + 1)));
  }
  return parameters;
}

/** A name as it may be repeated to its sender: short, and without what terminals and logs act on. */
function printable(name: string): string {
  return name.slice(0, 32).replaceAll(/[^\w$.[\]-]/gu, '?');
}
