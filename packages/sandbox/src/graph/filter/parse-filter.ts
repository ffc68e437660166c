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

/**
 * Parses OData's `$filter` as far as directory objects take it. Operators and functions are known in any case:
 * Microsoft's own samples write `NOT(…)` and both `startswith` and `startsWith`.
 * @throws {GraphError} 400 BadRequest that names the position
 */
export function parseFilter(text: string): FilterExpression {
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

  function or(): FilterExpression {
    let left = and();
    while (isWord('or')) {
      take();
      left = { kind: 'or', left, right: and() };
    }
    return left;
  }

  function and(): FilterExpression {
    let left = unary();
    while (isWord('and')) {
      take();
      left = { kind: 'and', left, right: unary() };
    }
    return left;
  }

  function unary(): FilterExpression {
    depth += 1;
    if (depth > deepest) throw fail(peek());
    const expression = isWord('not') ? negation() : primary();
    depth -= 1;
    return expression;
  }

  function negation(): FilterExpression {
    take();
    return { kind: 'not', operand: unary() };
  }

  function primary(): FilterExpression {
    if (isMark('(')) {
      take();
      const inner = or();
      expectMark(')');
      return inner;
    }
    const name = peek().type === 'word' ? oneOf(stringFunctions, peek().text) : undefined;
    if (name !== undefined && isMark('(', peek(1))) {
      take();
      take();
      const path = takePath();
      expectMark(',');
      const literal = peek();
      const value = takeLiteral();
      if (value.type !== 'string') throw fail(literal);
      expectMark(')');
      return { kind: 'function', name, path, value: value.value };
    }
    return afterPath(takePath());
  }

  function takePath(): Path {
    const path = [takeWord()];
    while (isMark('/') && !isLambda()) {
      take();
      path.push(takeWord());
    }
    return path;
  }

  function isLambda(): boolean {
    return (isWord('any', peek(1)) || isWord('all', peek(1))) && isMark('(', peek(2));
  }

  function afterPath(path: Path): FilterExpression {
    if (isMark('/')) return lambda(path);
    if (isWord('in')) {
      take();
      return { kind: 'in', path, literals: list() };
    }
    const token = take();
    const operator = token.type === 'word' ? oneOf(comparisons, token.text) : undefined;
    if (operator === undefined) throw fail(token);
    return path.at(-1) === '$count'
      ? count(path.slice(0, -1), operator)
      : { kind: 'compare', operator, path, literal: takeLiteral() };
  }

  function count(path: Path, operator: Comparison): FilterExpression {
    const token = take();
    if (path.length === 0 || token.type !== 'number') throw fail(token);
    return { kind: 'count', operator, path, value: Number(token.text) };
  }

  function list(): readonly Literal[] {
    expectMark('(');
    const literals = [takeLiteral()];
    while (isMark(',')) {
      take();
      literals.push(takeLiteral());
    }
    expectMark(')');
    return literals;
  }

  function lambda(path: Path): FilterExpression {
    take();
    const quantifier = isWord('any', take()) ? 'any' : 'all';
    expectMark('(');
    if (isMark(')') && quantifier === 'any') {
      take();
      return { kind: 'lambda', quantifier, path, variable: undefined, body: undefined };
    }
    const variable = takeWord();
    expectMark(':');
    const body = or();
    expectMark(')');
    return { kind: 'lambda', quantifier, path, variable, body };
  }

  const expression = or();
  if (peek().type !== 'end') throw fail(peek());
  return expression;
}
