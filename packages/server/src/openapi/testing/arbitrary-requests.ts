import * as fc from 'fast-check';

/** A text that occurs in parts of generated requests that no response may repeat. */
export const requestCanary = 'canary-of-the-request';

/** A request as it is sent, with the path as text. */
export interface GeneratedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
}

/** The part of an interface document from which requests are generated. */
export interface DocumentedPaths {
  readonly paths: Readonly<
    Record<string, { readonly get?: { readonly parameters?: readonly Parameter[] } }>
  >;
}

const plausible = [
  'id,displayName',
  'displayName',
  "startswith(displayName,'a')",
  '"displayName:ada"',
  'manager',
  'manager($select=id)',
  'true',
  'false',
  '1',
  '999',
  'eventual',
  'handling=lenient',
];

const hostile = [
  '',
  ' ',
  ',',
  ',,id',
  '0',
  '-1',
  '1e9',
  '1000',
  '__proto__',
  'constructor',
  'toString,hasOwnProperty',
  "' or 1 eq 1",
  '$(id)',
  '${7*7}',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '\u0000',
  '\r\nSet-Cookie: a=b',
  '\ud800',
  '🏴'.repeat(50),
  'a'.repeat(3_000),
  '('.repeat(500),
];

const value = fc.oneof(
  fc.constantFrom(...plausible),
  fc.constantFrom(...hostile),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** The value in one case of five, else undefined. */
function rarely<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** Percent-encodes a value; half of a surrogate pair cannot be encoded. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Visible ASCII, which Node's client accepts in a path. */
const rawText = fc.string({
  unit: fc.constantFrom(...Array.from("abc019%24$&=+;/?:@!'()*,._~-[]{}|^\\")),
  maxLength: 30,
});

function queryOf(names: readonly string[]): fc.Arbitrary<string> {
  const known = names.length === 0 ? fc.constantFrom('$select', 'x') : fc.constantFrom(...names);
  const name = fc.oneof(
    { weight: 8, arbitrary: known },
    { weight: 1, arbitrary: known.map((text) => text.toUpperCase().replace('$', '%24')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('$skip', '$format', 'access_token', ''),
    },
  );
  const pair = fc.tuple(name, value).map(([key, text]) => `${key}=${encode(text)}`);
  return fc.oneof(
    { weight: 9, arbitrary: fc.array(pair, { maxLength: 4 }).map((pairs) => pairs.join('&')) },
    { weight: 1, arbitrary: rawText },
  );
}

const mutations: readonly ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => path.toUpperCase(),
  (path) => `/${path}`,
  (path) => `${path}/..`,
  (path) => `${path}%2f..%2f..%2fetc`,
  (path) => `${path}%`,
  (path) => `${path};a=b`,
  (path) => path.replace('/', '/%2e%2e/'),
  (path) => `${path}/${requestCanary}`,
  (path) => path.replace('users', "users('x')"),
  (path) => path.replace('v1.0', 'beta'),
  (path) => `${path}${'a'.repeat(9_000)}`,
];

const headerValue = fc.oneof(
  fc.constantFrom(
    ...plausible,
    'cross-site',
    'none',
    'https://attacker.example',
    'null',
    '*/*',
    'Bearer x',
  ),
  fc.string({ unit: fc.constantFrom(...Array.from('ab1 ,;="%\u00e9')), maxLength: 30 }),
);

const headers = fc.dictionary(
  fc.constantFrom(
    'ConsistencyLevel',
    'Prefer',
    'Accept',
    'Authorization',
    'Origin',
    'Sec-Fetch-Site',
    'client-request-id',
    'traceparent',
    'X-Forwarded-Host',
    'X-HTTP-Method-Override',
    'If-None-Match',
    'Range',
  ),
  headerValue,
  { maxKeys: 3 },
);

/** Requests for the paths of a document: valid ones, nearly valid ones and hostile ones. */
export function arbitraryRequests({ paths }: DocumentedPaths): fc.Arbitrary<GeneratedRequest> {
  const path = fc.constantFrom(...Object.keys(paths)).chain((pattern) => {
    const parameters = paths[pattern]?.get?.parameters ?? [];
    const names = parameters.filter((each) => each.in === 'query').map(({ name }) => name);
    const filled = value.map((text) => pattern.replaceAll(/\{\w+\}/gu, () => encode(text)));
    const changed = fc
      .tuple(filled, rarely(fc.constantFrom(...mutations)))
      .map(([text, mutate]) => mutate?.(text) ?? text);
    return fc
      .tuple(changed, queryOf(names))
      .map(([text, query]) => (query === '' ? text : `${text}?${query}`));
  });
  const method = fc.oneof(
    { weight: 9, arbitrary: fc.constant('GET') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'),
    },
  );
  return fc.record({
    method,
    path,
    headers,
    body: rarely(fc.constantFrom(requestCanary, '{"a":1}', '{')),
  });
}
