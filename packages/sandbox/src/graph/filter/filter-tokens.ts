import { badRequest } from '../graph-error.ts';

export interface Token {
  readonly type: 'word' | 'string' | 'dateTime' | 'guid' | 'number' | 'mark' | 'end';
  /** As written, but of a string its content. */
  readonly text: string;
  /** Of its first character, from 0. */
  readonly at: number;
}

/** Tried in this order: a GUID may begin like a number, and a date does. */
const shapes = [
  ['blank', /\s+/y],
  ['guid', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/iy],
  ['dateTime', /\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?(?![\w-])/iy],
  ['number', /-?\d+(?:\.\d+)?(?!\w)/y],
  ['string', /'(?:[^']|'')*'/y],
  ['word', /\$?[A-Za-z_]\w*/y],
  ['mark', /[(),/:]/y],
] as const;

/** @throws {GraphError} 400 BadRequest, `Invalid filter clause: …` (S47; the rest is OData's own wording) */
export function filterSyntaxError(text: string, at: number): Error {
  return badRequest(`Invalid filter clause: Syntax error at position ${at} in '${text}'.`);
}

export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const [type, found] = nextToken(text, at);
    if (type !== 'blank') {
      const content = type === 'string' ? found.slice(1, -1).replaceAll("''", "'") : found;
      tokens.push({ type, text: content, at });
    }
    at += found.length;
  }
  return [...tokens, { type: 'end', text: '', at }];
}

function nextToken(text: string, at: number): readonly [(typeof shapes)[number][0], string] {
  for (const [type, shape] of shapes) {
    shape.lastIndex = at;
    const found = shape.exec(text)?.[0];
    if (found !== undefined) return [type, found];
  }
  if (text[at] === "'") {
    throw badRequest(
      `Invalid filter clause: There is an unterminated string literal at position ${at} in '${text}'.`,
    );
  }
  throw filterSyntaxError(text, at);
}
