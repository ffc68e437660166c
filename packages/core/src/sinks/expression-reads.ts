import type { ExpressionNode } from './projection-scope.ts';

/** What an expression is evaluated on: a user (or the list of users), or a value inside a user. */
type Input = 'user' | 'inside';

interface Reads {
  readonly names: readonly string[];
  /** What the expression returns. */
  readonly result: Input;
}

type Node = ExpressionNode & {
  readonly name?: string;
  readonly condition?: ExpressionNode;
  readonly expression?: ExpressionNode;
  readonly bindings?: readonly { readonly reference: ExpressionNode }[];
};

/** The reads of nodes that are evaluated on the same input. */
function allOf(nodes: readonly (ExpressionNode | undefined)[], input: Input): readonly Reads[] {
  return nodes.filter((node) => node !== undefined).map((node) => readsOf(node, input));
}

function valueOf(child: object): ExpressionNode {
  return (
    'value' in child && 'type' in child && child.type === 'KeyValuePair' ? child.value : child
  ) as ExpressionNode;
}

function readsOf(node: Node, input: Input): Reads {
  const { type, left, right, child, condition, expression, children = [], bindings = [] } = node;
  switch (type) {
    case 'Field':
      return { names: input === 'user' ? [node.name ?? ''] : [], result: 'inside' };
    case 'Identity':
    case 'Current':
    case 'Index':
    case 'Slice':
      return { names: [], result: input };
    case 'Root':
      return { names: [], result: 'user' };
    case 'Flatten':
      return child === undefined ? { names: [], result: input } : readsOf(child, input);
    case 'Subexpression':
    case 'Pipe':
    case 'IndexExpression':
    case 'Projection':
    case 'FilterProjection':
    case 'ValueProjection': {
      const [before = { names: [], result: input }] = allOf([left], input);
      // The values of a user are inside it.
      const next = type === 'ValueProjection' ? 'inside' : before.result;
      const after = allOf([condition, right], next);
      return {
        names: [before, ...after].flatMap(({ names }) => names),
        result: after.at(-1)?.result ?? next,
      };
    }
    default: {
      const parts = allOf(
        [
          left,
          right,
          child,
          expression,
          ...children.map(valueOf),
          ...bindings.map(({ reference }) => reference),
        ],
        input,
      );
      const isChoice = type === 'OrExpression' || type === 'AndExpression';
      return {
        names: parts.flatMap(({ names }) => names),
        result: isChoice && parts.some(({ result }) => result === 'user') ? 'user' : 'inside',
      };
    }
  }
}

/** Returns the properties of a user that a compiled JMESPath expression names, each once. */
export function expressionReads(tree: ExpressionNode): readonly string[] {
  return [...new Set(readsOf(tree, 'user').names)];
}
