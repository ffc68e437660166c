/** One comparison in a filter. */
export interface FilterClause {
  /** `eq`, `ne`, `in`, `startswith`, `contains` … in lower case. */
  readonly operator: string;
  /** First name of the path compared, with the variable of `any` resolved. */
  readonly property: string;
  /** Literals compared with, as written; string literals without quotes. */
  readonly values: readonly string[];
}

export interface FilterShape {
  readonly clauses: readonly FilterClause[];
  readonly negated: boolean;
  /** Something is counted: `assignedLicenses/$count eq 0`. */
  readonly counts: boolean;
  /** `all` is used, which Graph does not have. */
  readonly all: boolean;
  /** Alternatives: the terms of `or`, or the values of the longest `in`. */
  readonly alternatives: number;
}

const token =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<name>[A-Za-z_$][\w.$]*(?:\/[\w.$]+)*(?![\w-]))|(?<value>[\w+-][\w.+:-]*)|(?<mark>[(),:]))/y;
const comparisons: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'has']);
const functions: ReadonlySet<string> = new Set(['startswith', 'endswith', 'contains']);

interface Token {
  readonly kind: 'text' | 'name' | 'value' | 'mark';
  readonly text: string;
}

/** The words of a filter, or where it stops being one. */
function tokenize(filter: string): readonly Token[] | { readonly stopsAt: number } {
  const tokens: Token[] = [];
  for (let at = 0; at < filter.length; at = token.lastIndex) {
    if (filter.slice(at).trim() === '') break;
    token.lastIndex = at;
    const match = token.exec(filter);
    const [kind, text] =
      Object.entries(match?.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    if (kind === undefined || text === undefined) return { stopsAt: at };
    tokens.push({ kind: kind as Token['kind'], text });
  }
  return tokens;
}

function valueOf({ kind, text }: Token): string {
  return kind === 'text' ? text.slice(1, -1).replaceAll("''", "'") : text;
}

function isBalanced(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const { kind, text } of tokens) {
    if (kind !== 'mark') continue;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** The literals between the parenthesis at `from` and the one that closes it. */
function listFrom(tokens: readonly Token[], from: number): readonly string[] {
  const values: string[] = [];
  for (let at = from; at < tokens.length && tokens[at]?.text !== ')'; at += 1) {
    const each = tokens[at];
    if (each !== undefined && each.kind !== 'mark') values.push(valueOf(each));
  }
  return values;
}

/**
 * What a filter compares, without judging it. Not a parser of all of OData: what it does not know it skips, and
 * Graph has the last word.
 * @returns where the text stops being a filter (an open quote, a parenthesis too many), in words
 */
export function readFilter(filter: string): FilterShape | { readonly mistake: string } {
  const tokens = tokenize(filter);
  if ('stopsAt' in tokens) return { mistake: `syntax error at position ${tokens.stopsAt + 1}` };
  if (tokens.length === 0) return { mistake: 'it is empty' };
  if (!isBalanced(tokens)) return { mistake: 'its parentheses do not match' };
  const variables = new Map<string, string>();
  const propertyOf = (path: string): string => {
    const [first = ''] = path.split('/');
    return variables.get(first) ?? first;
  };
  const clauses: FilterClause[] = [];
  let [negated, counts, all, terms, longestList] = [false, false, false, 1, 0];
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind !== 'name') continue;
    const word = text.toLowerCase();
    const [before, next, second, third] = [at - 1, at + 1, at + 2, at + 4].map((i) => tokens[i]);
    if (word === 'not') negated = true;
    if (word === 'or') terms += 1;
    if (/\/\$count$/i.test(text)) counts = true;
    const lambda = /^(.*)\/(any|all)$/i.exec(text);
    if (lambda !== null && next?.text === '(') {
      if (lambda[2]?.toLowerCase() === 'all') all = true;
      if (second !== undefined) variables.set(second.text, propertyOf(lambda[1] ?? ''));
    }
    if (comparisons.has(word) && before?.kind === 'name' && next !== undefined)
      clauses.push({ operator: word, property: propertyOf(before.text), values: [valueOf(next)] });
    if (word === 'in' && before?.kind === 'name' && next?.text === '(') {
      const values = listFrom(tokens, at + 2);
      longestList = Math.max(longestList, values.length);
      clauses.push({ operator: 'in', property: propertyOf(before.text), values });
    }
    if (functions.has(word) && next?.text === '(' && second !== undefined)
      clauses.push({
        operator: word,
        property: propertyOf(second.text),
        values: third === undefined ? [] : [valueOf(third)],
      });
  }
  return { clauses, negated, counts, all, alternatives: Math.max(terms, longestList) };
}
