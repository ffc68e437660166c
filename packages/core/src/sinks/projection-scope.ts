/** A node of a compiled JMESPath expression, as far as its place in the whole matters. */
export interface ExpressionNode {
  readonly type: string;
  readonly left?: ExpressionNode;
  readonly right?: ExpressionNode;
  readonly child?: ExpressionNode;
  readonly children?: readonly object[];
}

/** The names that an expression gives to what it makes, where it can be read off: `[].{name: …}` makes `name`. */
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

export function projectionScope({ type, left, right, child }: ExpressionNode): ProjectionScope {
  const scopeOf = (node: ExpressionNode | undefined): ProjectionScope =>
    node === undefined ? 'root' : projectionScope(node);
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
      return 'user';
  }
}
