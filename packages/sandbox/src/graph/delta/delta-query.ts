import { parseFilter } from '../filter/parse-filter.ts';
import type { FilterExpression } from '../filter/filter-expression.ts';
import { badRequest, GraphError, unsupportedQuery } from '../graph-error.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
import { parseSelect, type Selection } from '../query/select.ts';
import { parseTop } from '../query/top.ts';
import type { DeltaState } from './delta-token.ts';

/** Directory objects' delta tokens live seven days (section 4). */
const lifetime = 7 * 24 * 3600 * 1000;
/** A first round that takes longer is refused. */
const longestRound = 30 * 24 * 3600 * 1000;
const mostIds = 50;

/** The most objects on a page; a larger `$top` is ignored. */
const pageSize = 200;

const unsupported = ['$expand', '$orderby', '$search', '$count', '$skip'] as const;

function idsOf(expression: FilterExpression): readonly string[] {
  if (expression.kind === 'or') return [...idsOf(expression.left), ...idsOf(expression.right)];
  if (
    expression.kind === 'compare' &&
    expression.operator === 'eq' &&
    expression.path.join('/') === 'id' &&
    expression.literal.type === 'string'
  ) {
    return [expression.literal.value.toLowerCase()];
  }
  throw unsupportedQuery('Unsupported filter on delta: only id eq, joined by or, is supported.');
}

function parseIds(filter: string | undefined): readonly string[] | undefined {
  if (filter === undefined) return undefined;
  const ids = idsOf(parseFilter(filter));
  if (ids.length > mostIds) {
    throw unsupportedQuery(
      `Too many ids in the filter on delta: ${ids.length}. Max allowed: ${mostIds}.`,
    );
  }
  return ids;
}

/** `manager` may be selected: it is the one relation that delta tracks. */
export function deltaSelection(select: string | undefined): {
  readonly manager: boolean;
  readonly properties: Selection['properties'];
  readonly written: Selection['written'];
} {
  const names = select?.split(',').map((name) => name.trim()) ?? [];
  const rest = names.filter((name) => name.toLowerCase() !== 'manager');
  const manager = rest.length < names.length;
  const text = manager && rest.length === 0 ? 'id' : rest.join(',') || select;
  const { properties, written = [] } = parseSelect(text, 'collection');
  const context = manager ? [...(rest.length === 0 ? [] : written), 'manager'] : written;
  return { manager, properties, written: context };
}

function expired(directory: Directory): GraphError {
  const message = 'The sync state is too old. Start a new synchronisation.';
  return directory.unsettled.expiredDelta === 'reset'
    ? new GraphError(410, 'resyncRequired', message, {
        Location: `${directory.origin()}/v1.0/users/delta?$deltatoken=`,
      })
    : new GraphError(400, 'syncStateNotFound', message);
}

/**
 * The position of a delta request: the state of a token, or the start of a round.
 * @throws {GraphError} 400 for an invalid token or an option that delta does not support; 410 with `Location`
 *   for a token of more than seven days, and for a first round of more than 30 days
 */
export function parseDeltaState(directory: Directory, { options }: GraphRequest): DeltaState {
  if (directory.unsettled.tenantKind === 'external') {
    throw unsupportedQuery('Delta queries are not supported in tenants of this type.');
  }
  const token = options.$skiptoken ?? options.$deltatoken;
  const now = directory.now();
  if (token === undefined || token === '' || token === 'latest') {
    const refused = unsupported.find((name) => options[name] !== undefined);
    if (refused !== undefined) {
      throw unsupportedQuery(`The query option '${refused}' is not supported on delta.`);
    }
    deltaSelection(options.$select);
    const { revision } = directory.people;
    return {
      phase: token === 'latest' ? 'changes' : 'baseline',
      cursor: token === 'latest' ? revision : 0,
      upTo: revision,
      select: options.$select,
      ids: parseIds(options.$filter),
      pageSize: options.$top === undefined ? pageSize : Math.min(parseTop(options.$top), pageSize),
      issuedAt: now,
      startedAt: now,
    };
  }
  if (options.$select !== undefined) {
    throw badRequest("The query option '$select' is not supported together with a token.");
  }
  const state = directory.deltaTokens.read(token);
  if (state === undefined) throw badRequest('Badly formed token.');
  if (now - state.issuedAt > lifetime) throw expired(directory);
  if (options.$deltatoken !== undefined) {
    // A delta link begins a round that ends with the history as it is now.
    return { ...state, upTo: directory.people.revision, startedAt: now };
  }
  if (state.phase === 'baseline' && now - state.startedAt > longestRound) throw expired(directory);
  return state;
}
