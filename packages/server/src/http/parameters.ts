import type { Problem } from '../errors/request-error.ts';

/** The parameters of a URL: each at most once, each known by name; and what is wrong with the others. */
export interface UrlParameters {
  readonly values: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** The number of problems that one response names: a URL can contain thousands. */
const mostProblems = 10;

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** A name as it may be repeated to its sender: short, and without what terminals and logs act on. */
function printable(name: string): string {
  return name.slice(0, 32).replaceAll(/[^\w$.[\]-]/gu, '?');
}

const badEncoding = 'is not valid percent-encoded UTF-8';

/**
 * Reads the query of a URL strictly, because lenient parsers let two readers of one URL see two different queries.
 * OData options are accepted with and without their dollar and in any case, as Graph does.
 * @param url as received: path and query
 * @param known the names that the route has, in lower case and with their dollar
 */
export function readParameters(url: string, known: readonly string[]): UrlParameters {
  const start = url.indexOf('?');
  const values = new Map<string, string>();
  const problems = new Map<string, Problem>();
  const report = (name: string, message: string): void => {
    if (problems.size < mostProblems && !problems.has(name)) problems.set(name, { name, message });
  };
  for (const pair of start === -1 ? [] : url.slice(start + 1).split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const written = decoded(equals === -1 ? pair : pair.slice(0, equals));
    const lowerCase = written?.toLowerCase();
    const name = known.find((option) => option === lowerCase || option === `$${lowerCase}`);
    const value = equals === -1 ? '' : decoded(pair.slice(equals + 1));
    if (written === undefined) report('query', badEncoding);
    else if (name === undefined)
      report(printable(written), `unknown; supported: ${known.join(' ') || 'none'}`);
    else if (values.has(name)) report(name, 'is specified more than once');
    else if (value === undefined) report(name, badEncoding);
    else values.set(name, value);
  }
  return { values, problems: [...problems.values()] };
}
