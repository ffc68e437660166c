import type { FilterExpression, Literal } from './filter-expression.ts';

function printLiteral(literal: Literal): string {
  if (literal.type === 'null') return 'null';
  if (literal.type === 'string') return quote(literal.value);
  return literal.type === 'boolean' ? String(literal.value) : literal.text;
}

function quote(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

type Printers = {
  [Kind in FilterExpression['kind']]: (
    expression: Extract<FilterExpression, { kind: Kind }>,
  ) => string;
};

const printers: Printers = {
  or: printPair,
  and: printPair,
  not: ({ operand }) => `not(${printFilter(operand)})`,
  compare: ({ path, operator, literal }) =>
    `${path.join('/')} ${operator} ${printLiteral(literal)}`,
  in: ({ path, literals }) => `${path.join('/')} in (${literals.map(printLiteral).join(', ')})`,
  function: ({ name, path, value }) => `${name}(${path.join('/')}, ${quote(value)})`,
  count: ({ path, operator, value }) => `${path.join('/')}/$count ${operator} ${value}`,
  lambda: ({ path, quantifier, variable, body }) =>
    body === undefined
      ? `${path.join('/')}/any()`
      : `${path.join('/')}/${quantifier}(${variable ?? ''}: ${printFilter(body)})`,
};

function printPair({
  kind,
  left,
  right,
}: Extract<FilterExpression, { left: FilterExpression }>): string {
  return `${printOperand(left, kind, 'left')} ${kind} ${printOperand(right, kind, 'right')}`;
}

/** `and` binds closer than `or`, and both lean to the left: anything else needs parentheses. */
function printOperand(
  operand: FilterExpression,
  outer: 'and' | 'or',
  side: 'left' | 'right',
): string {
  const text = printFilter(operand);
  const bare =
    (operand.kind !== 'and' && operand.kind !== 'or') ||
    (side === 'left' && operand.kind === outer) ||
    (outer === 'or' && operand.kind === 'and');
  return bare ? text : `(${text})`;
}

/** The expression as `$filter` text, not percent-encoded. `parseFilter` reads back the same expression. */
export function printFilter(expression: FilterExpression): string {
  const print = printers[expression.kind] as (expression: FilterExpression) => string;
  return print(expression);
}
