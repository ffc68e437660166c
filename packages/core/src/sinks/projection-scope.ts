/** A node of a compiled JMESPath expression, as far as its place in the whole matters. */
export interface ExpressionNode {
  readonly type: string;
  readonly name?: string;
  readonly left?: ExpressionNode;
  readonly right?: ExpressionNode;
  readonly child?: ExpressionNode;
  readonly children?: readonly object[];
}

/** Returns the property names of the results of an expression that contains them: `name` for `[].{name: …}`. */
export function projectedNames({
  type,
  right,
  children = [],
}: ExpressionNode): readonly string[] | undefined {
  if (type === 'MultiSelectHash')
    return children.map((child) => ('name' in child ? String(child.name) : ''));
  return right === undefined ? undefined : projectedNames(right);
}

/**
 * The scope of an expression: `user`, for an expression on a single user (`{name: displayName}`); `each`, for a list
 * expression as in `az` (`[].id`, `[?accountEnabled].mail`) that can be evaluated per user; or `list`, for one that
 * needs the whole list (`[0]`, `[:5]`, `[].id | [0]`). `root` is the expression `@` alone, which can be any of them.
 */
export type ProjectionScope = 'root' | 'user' | 'each' | 'list';

/** An element, or a stretch, of something: of the list itself, it takes all of the list to know which. */
function elementOf(left: ProjectionScope): ProjectionScope {
  return left === 'user' ? 'user' : 'list';
}

/** All elements of something: of the list itself, they may come one by one. */
function elementsOf(left: ProjectionScope): ProjectionScope {
  return left === 'root' ? 'each' : left;
}

function piped(left: ProjectionScope, right: ProjectionScope): ProjectionScope {
  if (left === 'root') return right;
  if (left === 'each') return right === 'root' || right === 'each' ? 'each' : 'list';
  return left;
}

export function projectionScope(node: ExpressionNode): ProjectionScope {
  const { type, name, left, right, child } = node;
  const scopeOf = (part: ExpressionNode | undefined): ProjectionScope =>
    part === undefined ? 'root' : projectionScope(part);
  switch (type) {
    case 'Identity':
    case 'Current':
      return 'root';
    case 'Flatten':
      return elementsOf(scopeOf(child));
    case 'Projection':
    case 'FilterProjection':
      return elementsOf(scopeOf(left));
    case 'IndexExpression':
      return elementOf(scopeOf(left));
    case 'Subexpression':
      return scopeOf(left) === 'list' ? 'list' : 'user';
    case 'Pipe':
      return piped(scopeOf(left), scopeOf(right));
    default:
      return scopeOfParts(type, name, partsOf(node).map(scopeOf));
  }
}

/** Functions of an object, which can be the user. Others take a list, which would be the list of users. */
const objectFunctions: ReadonlySet<unknown> = new Set([
  'from_items',
  'items',
  'keys',
  'merge',
  'not_null',
  'to_array',
  'to_string',
  'type',
  'values',
]);

/** An operation on parts: `length(@)` and `sort_by([], &mail)` need the whole list, `length(mail)` does not. */
function scopeOfParts(
  type: string,
  name: string | undefined,
  parts: readonly ProjectionScope[],
): ProjectionScope {
  const ofList =
    type === 'Function' &&
    ((!objectFunctions.has(name) && parts.includes('root')) || parts.includes('each'));
  return ofList || parts.includes('list') ? 'list' : 'user';
}

/** The lists and objects that a node makes of its parts. */
const collecting: ReadonlySet<string> = new Set(['MultiSelectList', 'MultiSelectHash', 'Function']);

/** The parts of a node: its operands, and the values of a list or of an object. */
function partsOf({ left, right, child, children = [] }: ExpressionNode): readonly ExpressionNode[] {
  const values = children.map((each) => ('value' in each ? each.value : each) as ExpressionNode);
  return [left, right, child, ...values].filter((part) => part !== undefined);
}

/**
 * Returns how often an expression can repeat a part of its input: `[@, @]` repeats it twice, and each further pipe into
 * `[@, @]` doubles that. A size, not a time: the elements of a list of the input are not counted.
 */
export function growthOf(node: ExpressionNode): number {
  const parts = partsOf(node).map(growthOf);
  if (parts.length === 0) return 1;
  return collecting.has(node.type)
    ? Math.max(
        1,
        parts.reduce((sum, part) => sum + part, 0),
      )
    : parts.reduce((product, part) => Math.min(product * part, Number.MAX_SAFE_INTEGER), 1);
}
