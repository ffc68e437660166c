/**
 * A literal of a `$filter`. Dates, GUIDs and numbers keep their text: they are compared later, by what the property is.
 */
export type Literal =
  | { readonly type: 'null' }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'dateTime' | 'guid' | 'number'; readonly text: string };

export const comparisons = ['eq', 'ne', 'ge', 'le', 'gt', 'lt'] as const;
export type Comparison = (typeof comparisons)[number];

export const stringFunctions = ['startsWith', 'endsWith', 'contains'] as const;
export type StringFunction = (typeof stringFunctions)[number];

/** Segments of a property path; inside a lambda the first is its variable. */
export type Path = readonly string[];

/** A parsed `$filter`. */
export type FilterExpression =
  | {
      readonly kind: 'and' | 'or';
      readonly left: FilterExpression;
      readonly right: FilterExpression;
    }
  | { readonly kind: 'not'; readonly operand: FilterExpression }
  | {
      readonly kind: 'compare';
      readonly operator: Comparison;
      readonly path: Path;
      readonly literal: Literal;
    }
  | { readonly kind: 'in'; readonly path: Path; readonly literals: readonly Literal[] }
  | {
      readonly kind: 'function';
      readonly name: StringFunction;
      readonly path: Path;
      readonly value: string;
    }
  | {
      readonly kind: 'count';
      readonly operator: Comparison;
      readonly path: Path;
      readonly value: number;
    }
  | {
      readonly kind: 'lambda';
      readonly quantifier: 'any' | 'all';
      readonly path: Path;
      /** Both undefined in `any()`: is there anything at all. */
      readonly variable: string | undefined;
      readonly body: FilterExpression | undefined;
    };
