import type { User } from '@microsoft/microsoft-graph-types';

import { BadRequestError } from '../errors/bad-request-error.ts';
import { NoSuchUserError } from '../errors/no-such-user-error.ts';
import { getRequest } from '../query/query-url.ts';
import { type AskBatch, largestBatch } from '../graph/batch.ts';
import type { PipelineRequest } from '../graph/graph-request.ts';
import { withoutContext } from './without-context.ts';

/** What became of one id that was asked for. */
export type UserOutcome<Item = User> =
  | { readonly id: string; readonly user: Item }
  | { readonly id: string; readonly error: Error };

export interface GetManyOptions {
  readonly ask: AskBatch;
  readonly root: URL;
  readonly select?: readonly string[] | undefined;
  /** Whatever is asked belongs to one call. */
  call(): Pick<PipelineRequest, 'signal' | 'deadline'>;
}

function outcomeOf(id: string, error: Error): UserOutcome<never> {
  if (!(error instanceof BadRequestError) || error.status !== 404) return { id, error };
  const { requestId, clientRequestId, attempts } = error;
  return {
    id,
    error: new NoSuchUserError(id, { requestId, clientRequestId, attempts, cause: error }),
  };
}

/** The user's address, or why there can be none. */
function urlOf(id: string, { root, select }: GetManyOptions): URL | Error {
  try {
    return getRequest(root, id, { select }).url;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

/** Gets users by their ids, twenty in a request; an outcome for each id, in the order of the ids. */
export async function* getMany<Item extends object>(
  ids: Iterable<string> | AsyncIterable<string>,
  options: GetManyOptions,
): AsyncGenerator<UserOutcome<Item>, void, undefined> {
  async function* ask(some: readonly string[]): AsyncGenerator<UserOutcome<Item>, void, undefined> {
    const urls = some.map((id) => urlOf(id, options));
    const good = urls.filter((url) => url instanceof URL);
    const answers = (good.length > 0 ? await options.ask(good, options.call()) : []).values();
    for (const [at, id] of some.entries()) {
      const url = urls[at];
      if (url instanceof Error) {
        yield { id, error: url };
        continue;
      }
      const { value: answer } = answers.next();
      if (answer === undefined) throw new RangeError('a batch has fewer outcomes than questions');
      yield 'error' in answer
        ? outcomeOf(id, answer.error)
        : { id, user: withoutContext(answer.body as Item) };
    }
  }

  let some: string[] = [];
  for await (const id of ids) {
    some.push(id);
    if (some.length < largestBatch) continue;
    yield* ask(some);
    some = [];
  }
  if (some.length > 0) yield* ask(some);
}
