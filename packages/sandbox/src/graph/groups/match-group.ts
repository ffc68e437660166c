import type { Group } from '../../directory/groups.ts';
import type { FilterExpression, Literal, Path } from '../filter/filter-expression.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import { unsupportedQuery } from '../graph-error.ts';

/** The properties of groups that the sandbox filters by. */
const filterable = ['displayName', 'id', 'mail', 'mailNickname', 'securityEnabled'] as const;

function unsupported(property: string): Error {
  return unsupportedQuery(
    `Unsupported or invalid query filter clause specified for property '${property}' of resource 'Group'.`,
  );
}

function readerOf(path: Path): (group: Group) => string | null {
  const [name = ''] = path;
  const property = filterable.find((each) => each.toLowerCase() === name.toLowerCase());
  if (property === undefined || path.length > 1) throw unsupported(path.join('/'));
  return (group) => {
    const value = group[property];
    return value === null ? null : String(value).toLowerCase();
  };
}

function textOf(literal: Literal): string | null {
  if (literal.type === 'null') return null;
  return String('value' in literal ? literal.value : literal.text).toLowerCase();
}

function matcher(expression: FilterExpression): (group: Group) => boolean {
  if (expression.kind === 'and' || expression.kind === 'or') {
    const [left, right] = [matcher(expression.left), matcher(expression.right)];
    return expression.kind === 'and'
      ? (group) => left(group) && right(group)
      : (group) => left(group) || right(group);
  }
  if (expression.kind === 'compare' && expression.operator === 'eq') {
    const [read, wanted] = [readerOf(expression.path), textOf(expression.literal)];
    return (group) => read(group) === wanted;
  }
  if (expression.kind === 'in') {
    const [read, wanted] = [readerOf(expression.path), expression.literals.map(textOf)];
    return (group) => wanted.includes(read(group));
  }
  if (expression.kind === 'function' && expression.name === 'startsWith') {
    const [read, wanted] = [readerOf(expression.path), expression.value.toLowerCase()];
    return (group) => read(group)?.startsWith(wanted) === true;
  }
  throw unsupported('path' in expression ? expression.path.join('/') : expression.kind);
}

/**
 * Parses a `$filter` of groups: `eq`, `in`, `startsWith`, `and` and `or` over a few properties.
 * @throws {GraphError} 400 for anything else
 */
export function matchGroup(text: string | undefined): (group: Group) => boolean {
  return text === undefined ? () => true : matcher(parseFilter(text));
}
