import { QueryError } from '../errors/query-error.ts';
import { type BatchOutcome, largestBatch, type SendBatch } from '../graph/batch.ts';
import { getRequest } from '../query/query-url.ts';
import { readQuery } from '../query/read-query.ts';
import { userError } from './collection-error.ts';
import { withoutContext } from './read-user.ts';
import { readOptions } from './read-options.ts';
import type { UserOutcome } from './user-outcome.ts';
import type { Users } from './users.ts';
import { startCall, type UsersContext } from './users-context.ts';

function outcomeOf<Item>(id: string, outcome: BatchOutcome): UserOutcome<Item> {
  if (!('error' in outcome)) return { id, user: withoutContext(outcome.body as Item & object) };
  const error = userError(id, outcome.error);
  return { id, error: error instanceof Error ? error : outcome.error };
}

/** Checks that the ids can be iterated. A text can be, but is a single id. @throws {QueryError} */
function checkIds(ids: unknown): void {
  const isObject = typeof ids === 'object' && ids !== null;
  if (isObject && (Symbol.iterator in ids || Symbol.asyncIterator in ids)) return;
  throw new QueryError([
    {
      part: 'ids',
      message: 'must be an iterable of ids',
      hint: 'Pass a list of object ids and userPrincipalNames; `users.get` reads one user.',
    },
  ]);
}

/** Splits ids into groups that fit into one batch. */
async function* groupsOf(
  ids: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<readonly string[], void, undefined> {
  let group: string[] = [];
  for await (const id of ids) {
    group.push(id);
    if (group.length < largestBatch) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** Gets users by their ids, 20 per request; yields one outcome for each id, in the order of the ids. */
export function getManyUsers(context: UsersContext, sendBatch: SendBatch): Users['getMany'] {
  return async function* getMany(ids, given) {
    checkIds(ids);
    const { select, expand, ...options } = readOptions(given, ['select', 'expand']);
    const query = readQuery({ select, expand });
    const call = startCall(context, options);

    /** The URL of one user, or why the id is invalid. */
    function urlOf(id: string): URL | Error {
      try {
        return getRequest(context.root, id, query).url;
      } catch (error) {
        if (error instanceof Error) return error;
        throw error;
      }
    }

    for await (const group of groupsOf(ids)) {
      const urls = group.map(urlOf);
      const valid = urls.filter((url) => url instanceof URL);
      const outcomes = (valid.length > 0 ? await sendBatch(valid, call()) : []).values();
      for (const [at, id] of group.entries()) {
        const url = urls[at];
        if (url instanceof Error) {
          yield { id, error: url };
          continue;
        }
        const { value: outcome } = outcomes.next();
        if (outcome === undefined)
          throw new RangeError('A batch has fewer outcomes than requests.');
        yield outcomeOf(id, outcome);
      }
    }
  };
}
