import { userProperties, type UserPropertyName } from '../../directory/user-values.ts';
import type { UserTest } from '../filter/match-filter.ts';
import { badRequest, unsupportedQuery } from '../graph-error.ts';

/** Split on blanks, digits, symbols and from lower to upper case, as the directory's index does (S46). */
export function searchTokens(text: string): readonly string[] {
  return text
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{M}]+/u)
    .filter((token) => token !== '')
    .map((token) => token.toLowerCase());
}

function searchError(text: string): Error {
  return badRequest(`Invalid search clause: Syntax error in '${text}'.`);
}

function clauseTest(clause: string, whole: string): UserTest {
  const colon = clause.indexOf(':');
  const name = clause.slice(0, colon);
  const property = userProperties.find((known) => known === name);
  if (colon === -1) throw searchError(whole);
  if (property === undefined) {
    throw unsupportedQuery(
      `Property '${name}' does not exist as a declared property or extension property.`,
    );
  }
  return property === 'displayName'
    ? tokenised(property, clause.slice(colon + 1))
    : beginning(property, clause.slice(colon + 1));
}

/** Every token of the question begins some token of the value. */
function tokenised(property: UserPropertyName, question: string): UserTest {
  const wanted = searchTokens(question);
  return (user) => {
    const value = user.value(property);
    if (typeof value !== 'string') return false;
    const tokens = searchTokens(value);
    return wanted.every((part) => tokens.some((token) => token.startsWith(part)));
  };
}

function beginning(property: UserPropertyName, question: string): UserTest {
  const wanted = question.toLowerCase();
  return (user) => {
    const value = user.value(property);
    return typeof value === 'string' && value.toLowerCase().startsWith(wanted);
  };
}

/**
 * `$search`: clauses in double quotes, joined by upper-case AND or OR, AND first; parentheses group.
 * @throws {GraphError} 400 for anything else (wording UNVERIFIED)
 */
export function parseSearch(text: string): UserTest {
  const parts = text.match(/"(?:[^"\\]|\\.)*"|\(|\)|[^\s()"]+/g) ?? [];
  if (parts.join('').length !== text.replaceAll(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '').length) {
    throw searchError(text);
  }
  let position = 0;

  function or(): UserTest {
    const tests = [and()];
    while (parts[position] === 'OR') {
      position += 1;
      tests.push(and());
    }
    return (user) => tests.some((test) => test(user));
  }

  function and(): UserTest {
    const tests = [primary()];
    while (parts[position] === 'AND') {
      position += 1;
      tests.push(primary());
    }
    return (user) => tests.every((test) => test(user));
  }

  function primary(): UserTest {
    const part = parts[position];
    position += 1;
    if (part === '(') {
      const inner = or();
      if (parts[position] !== ')') throw searchError(text);
      position += 1;
      return inner;
    }
    if (part === undefined || !part.startsWith('"')) throw searchError(text);
    return clauseTest(part.slice(1, -1).replaceAll(/\\(.)/g, '$1'), text);
  }

  const test = or();
  if (position !== parts.length) throw searchError(text);
  return test;
}
