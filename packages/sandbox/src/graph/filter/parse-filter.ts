import {
  comparisons,
  stringFunctions,
  type Comparison,
  type FilterExpression,
  type Literal,
  type Path,
} from './filter-expression.ts';
import { filterSyntaxError, readTokens, type Token } from './filter-tokens.ts';

/** Deeper nesting is refused, so that a query cannot exhaust the stack. */
const deepest = 200;

function oneOf<T extends string>(words: readonly T[], text: string): T | undefined {
  return words.find((word) => word.toLowerCase() === text.toLowerCase());
}

function toLiteral({ type, text }: Token): Literal | undefined {
  if (type === 'string') return { type, value: text };
  if (type === 'dateTime' || type === 'guid' || type === 'number') return { type, text };
  if (type !== 'word') return undefined;
  if (text === 'null') return { type: 'null' };
  return text === 'true' || text === 'false'
    ? { type: 'boolean', value: text === 'true' }
    : undefined;
}

/** Takes the tokens of a filter one after the other. */
function createFilterReader(text: string) {
  const tokens = readTokens(text);
  let position = 0;
  let depth = 0;

  const peek = (ahead = 0): Token => tokens[Math.min(position + ahead, tokens.length - 1)]!;
  const fail = (token: Token): Error => filterSyntaxError(text, token.at);
  const isWord = (word: string, token = peek()): boolean =>
    token.type === 'word' && token.text.toLowerCase() === word;
  const isMark = (mark: string, token = peek()): boolean =>
    token.type === 'mark' && token.text === mark;

  function take(): Token {
    const token = peek();
    position += 1;
    return token;
  }

  function expectMark(mark: string): void {
    const token = take();
    if (!isMark(mark, token)) throw fail(token);
  }

  function takeLiteral(): Literal {
    const token = take();
    const literal = toLiteral(token);
    if (literal === undefined) throw fail(token);
    return literal;
  }

  function takeWord(): string {
    const token = take();
    if (token.type !== 'word') throw fail(token);
    return token.text;
  }

  /** Begins a nested expression. */
  function enter(): void {
    depth += 1;
    if (depth > deepest) throw fail(peek());
  }

  function leave(): void {
    depth -= 1;
  }

  return { peek, fail, isWord, isMark, take, expectMark, takeLiteral, takeWord, enter, leave };
}

type FilterReader = ReturnType<typeof createFilterReader>;

function or(reader: FilterReader): FilterExpression {
  let left = and(reader);
  while (reader.isWord('or')) {
    reader.take();
    left = { kind: 'or', left, right: and(reader) };
  }
  return left;
}

function and(reader: FilterReader): FilterExpression {
  let left = unary(reader);
  while (reader.isWord('and')) {
    reader.take();
    left = { kind: 'and', left, right: unary(reader) };
  }
  return left;
}

function unary(reader: FilterReader): FilterExpression {
  reader.enter();
  const expression = reader.isWord('not') ? negation(reader) : primary(reader);
  reader.leave();
  return expression;
}

function negation(reader: FilterReader): FilterExpression {
  reader.take();
  return { kind: 'not', operand: unary(reader) };
}

function primary(reader: FilterReader): FilterExpression {
  if (reader.isMark('(')) {
    reader.take();
    const inner = or(reader);
    reader.expectMark(')');
    return inner;
  }
  const name =
    reader.peek().type === 'word' ? oneOf(stringFunctions, reader.peek().text) : undefined;
  if (name !== undefined && reader.isMark('(', reader.peek(1))) {
    reader.take();
    reader.take();
    const path = takePath(reader);
    reader.expectMark(',');
    const literal = reader.peek();
    const value = reader.takeLiteral();
    if (value.type !== 'string') throw reader.fail(literal);
    reader.expectMark(')');
    return { kind: 'function', name, path, value: value.value };
  }
  return afterPath(reader, takePath(reader));
}

function takePath(reader: FilterReader): Path {
  const path = [reader.takeWord()];
  while (reader.isMark('/') && !isLambda(reader)) {
    reader.take();
    path.push(reader.takeWord());
  }
  return path;
}

function isLambda(reader: FilterReader): boolean {
  return (
    (reader.isWord('any', reader.peek(1)) || reader.isWord('all', reader.peek(1))) &&
    reader.isMark('(', reader.peek(2))
  );
}

function afterPath(reader: FilterReader, path: Path): FilterExpression {
  if (reader.isMark('/')) return lambda(reader, path);
  if (reader.isWord('in')) {
    reader.take();
    return { kind: 'in', path, literals: list(reader) };
  }
  const token = reader.take();
  const operator = token.type === 'word' ? oneOf(comparisons, token.text) : undefined;
  if (operator === undefined) throw reader.fail(token);
  return path.at(-1) === '$count'
    ? count(reader, path.slice(0, -1), operator)
    : { kind: 'compare', operator, path, literal: reader.takeLiteral() };
}

function count(reader: FilterReader, path: Path, operator: Comparison): FilterExpression {
  const token = reader.take();
  if (path.length === 0 || token.type !== 'number') throw reader.fail(token);
  return { kind: 'count', operator, path, value: Number(token.text) };
}

function list(reader: FilterReader): readonly Literal[] {
  reader.expectMark('(');
  const literals = [reader.takeLiteral()];
  while (reader.isMark(',')) {
    reader.take();
    literals.push(reader.takeLiteral());
  }
  reader.expectMark(')');
  return literals;
}

function lambda(reader: FilterReader, path: Path): FilterExpression {
  reader.take();
  const quantifier = reader.isWord('any', reader.take()) ? 'any' : 'all';
  reader.expectMark('(');
  if (reader.isMark(')') && quantifier === 'any') {
    reader.take();
    return { kind: 'lambda', quantifier, path, variable: undefined, body: undefined };
  }
  const variable = reader.takeWord();
  reader.expectMark(':');
  const body = or(reader);
  reader.expectMark(')');
  return { kind: 'lambda', quantifier, path, variable, body };
}

/**
 * Parses OData's `$filter` as far as directory objects take it. Operators and functions are known in any case:
 * Microsoft's own samples write `NOT(…)` and both `startswith` and `startsWith`.
 * @throws {GraphError} 400 BadRequest that names the position
 */
export function parseFilter(text: string): FilterExpression {
  const reader = createFilterReader(text);
  const expression = or(reader);
  if (reader.peek().type !== 'end') throw reader.fail(reader.peek());
  return expression;
}
