import { bytesOf, columnsOf, formats, type UserListing } from '@rollcall/core';

import { checkConsistencyLevel } from '../http/consistency-level.ts';
import { readParameters } from '../http/parameters.ts';
import type { Route } from '../route.ts';
import { toUserQuery } from '../http/user-query-parameters.ts';
import { writeThrough } from '../http/write-through.ts';

/** The listing ended without its proof; what was sent must not look whole. */
class Incomplete extends Error {
  override readonly name = 'Incomplete';
}

/** A format over HTTP: the output of core, and what a reader of a stream needs in addition. */
interface StreamFormat {
  readonly name: keyof typeof formats;
  /** After the last user: tells a reader that cannot see the cut of a connection that this was all. */
  readonly end?: ((users: number) => string) | undefined;
}

/**
 * The whole directory, as it comes. No page is asked for before the last one was taken. Once a byte is out, a failure
 * is a cut: the body never ends as if it were whole.
 */
function usersStream({ name, end }: StreamFormat): Route {
  const format = formats[name];
  return {
    path: `/users.${name}`,
    gate: 'streams',
    handler:
      ({ directory, limits }) =>
      async (request, response, call) => {
        checkConsistencyLevel(request);
        const query = toUserQuery(
          readParameters(request.originalUrl, [
            '$select',
            '$filter',
            '$search',
            '$orderby',
            '$expand',
          ]),
        );
        const { signal } = call;
        const write = async (...texts: readonly string[]): Promise<void> =>
          writeThrough(response, bytesOf(texts), { signal, stall: limits.stall });

        const announce = (): void => {
          response.type(format.mediaType);
          response.set('Content-Disposition', `inline; filename="users.${name}"`);
        };
        if (request.method === 'HEAD') {
          announce();
          response.end();
          return;
        }

        // The settings may have a query of their own: the receipt says what is really asked.
        const listing: UserListing = directory.users.list(query, { signal });
        const sink = format.createSink({ columns: columnsOf(name, listing.receipt().query) });
        const begin = async (): Promise<void> => {
          announce();
          await write(sink.head());
        };
        // Nothing is said before the first page is here: until then, a failure still has a status of its own.
        let begun = false;
        let users = 0;
        for await (const { items } of listing.pages()) {
          if (!begun) await begin();
          begun = true;
          await write(...sink.page(items));
          users += items.length;
          call.users = users;
        }
        if (!listing.receipt().complete)
          throw new Incomplete('the listing did not prove that it is whole');
        if (!begun) await begin();
        await write(sink.tail());
        await write(end?.(users) ?? '');
        response.end();
      },
  };
}

export const usersNdjson: Route = usersStream({
  name: 'ndjson',
  end: (users) => `${JSON.stringify({ '@complete': true, count: users })}\n`,
});

export const usersCsv: Route = usersStream({ name: 'csv' });

export const usersJson: Route = usersStream({ name: 'json' });
