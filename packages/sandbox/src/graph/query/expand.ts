import { badRequest, unsupportedQuery } from '../graph-error.ts';
import { parseSelect, type Selection } from './select.ts';

/** `$expand=manager`. */
export interface ManagerExpansion {
  /** How many managers up the chain. */
  readonly levels: number;
  readonly selection: Selection;
}

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
 * `manager`, and `manager($levels=n|max;$select=…)` that needs an advanced query (S41). Without `$levels`, `$expand`
 * does not go with advanced queries (S2 of 2021; wording UNVERIFIED).
 * @throws {GraphError} 400
 */
export function parseExpand(
  text: string | undefined,
  advanced: boolean,
): ManagerExpansion | undefined {
  if (text === undefined) return undefined;
  const match = /^manager(?:\((.*)\))?$/i.exec(text.trim());
  if (match === null) {
    throw badRequest(
      `Parsing OData Select and Expand failed: The sandbox keeps no '${text}'; of a user's relations it has manager only.`,
    );
  }
  const inner = parseInner(match[1] ?? '');
  const unknown = [...inner.keys()].find((name) => name !== '$levels' && name !== '$select');
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
    levels: levels === undefined ? 1 : parseLevels(levels),
    selection: parseSelect(inner.get('$select'), 'single'),
  };
}
