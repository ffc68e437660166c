import { badRequest, unsupportedQuery } from '../graph-error.ts';
import { parseSelect, type Selection } from './select.ts';

export type Relation = 'manager' | 'directReports' | 'memberOf';

/** `$expand` of one relation of a user. */
export interface Expansion {
  readonly relation: Relation;
  /** How many managers up the chain. */
  readonly levels: number;
  readonly selection: Selection;
}

const relations: readonly Relation[] = ['manager', 'directReports', 'memberOf'];

function parseInner(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split(';')
      .filter((part) => part.trim() !== '')
      .map((part) => {
        const [name = '', ...value] = part.split('=');
        return [name.trim().toLowerCase(), value.join('=').trim()];
      }),
  );
}

function parseLevels(text: string): number {
  if (text === 'max') return 1000;
  if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1000) return Number(text);
  throw badRequest(`Parsing OData Select and Expand failed: Invalid value '${text}' for $levels.`);
}

/**
 * `directReports`, `memberOf`, `manager`, and `manager($levels=n|max;$select=…)` that needs an advanced query (S41).
 * Without `$levels`, `$expand` does not go with advanced queries (S2 of 2021; wording UNVERIFIED).
 * @throws {GraphError} 400
 */
export function parseExpand(text: string | undefined, advanced: boolean): Expansion | undefined {
  if (text === undefined) return undefined;
  const match = /^(\w+)(?:\((.*)\))?$/i.exec(text.trim());
  const relation = relations.find((name) => name.toLowerCase() === match?.[1]?.toLowerCase());
  if (relation === undefined) {
    throw badRequest(
      `Parsing OData Select and Expand failed: The sandbox keeps no '${text}'; of a user's relations it has ${relations.join(', ')}.`,
    );
  }
  const inner = parseInner(match?.[2] ?? '');
  const unknown = [...inner.keys()].find(
    (name) => name !== '$select' && (name !== '$levels' || relation !== 'manager'),
  );
  if (unknown !== undefined) {
    throw unsupportedQuery(`Query option '${unknown}' is not supported inside $expand.`);
  }
  const levels = inner.get('$levels');
  if ((levels !== undefined) !== advanced) {
    throw unsupportedQuery(
      levels === undefined
        ? 'Expand is not supported for advanced queries.'
        : 'Expand with $levels needs $count=true and the ConsistencyLevel:eventual header.',
    );
  }
  return {
    relation,
    levels: levels === undefined ? 1 : parseLevels(levels),
    selection: parseSelect(inner.get('$select'), 'single'),
  };
}
