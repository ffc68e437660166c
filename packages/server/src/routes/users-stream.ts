import type { Receipt, UserListing } from '@rollcall/core';
import { bytesOf, columnsOf, formats, pageBytes } from '@rollcall/core/command-line';
import { z } from 'zod';

import { consistencyLevel } from '../http/consistency-level.ts';
import { odataOptions, toUserQuery } from '../http/odata-options.ts';
import { auditExport } from '../observability/audit/audit-export.ts';
import { createReader } from '../http/write-through.ts';
import { defineRoute, type Route } from '../route.ts';

/** The listing ended, and its receipt does not prove that it is complete. */
class Unproved extends Error {
  override readonly name = 'Unproved';
}

/** A format over HTTP: the output of core, and what a reader of a stream needs in addition. */
interface StreamFormat {
  readonly name: keyof typeof formats;
  /** The text after the last user; a format without it has no room for the receipt. */
  readonly end?: ((receipt: Receipt) => string) | undefined;
}

const { $select, $filter, $search, $orderby, $expand } = odataOptions;

/** Whether the caller accepts a list that `$count` does not confirm (RFC 7240). */
function isLenient(prefer = ''): boolean {
  const preferences = prefer.toLowerCase().split(',');
  return preferences.some((preference) => /^\s*handling\s*=\s*"?lenient"?\s*$/u.test(preference));
}

const input = {
  query: z.object({ $select, $filter, $search, $orderby, $expand }),
  header: z.object({
    ConsistencyLevel: consistencyLevel,
    Prefer: z.string().optional().meta({
      description: 'handling=lenient to accept a list that $count does not confirm',
    }),
  }),
};

/**
 * Checks the receipt of a listing that was read to its end. NDJSON passes the result on in its last line; the other
 * formats have no room for it, so that their stream must not end as if the list were complete.
 * @throws {Unproved} after which the connection is cut
 */
function checkReceipt(receipt: Receipt, hasEnd: boolean, lenient: boolean): void {
  if (!receipt.complete) throw new Unproved('the listing did not prove that it is complete');
  if (receipt.reconciled === false && !hasEnd && !lenient)
    throw new Unproved('$count does not confirm the number of users');
}

/**
 * The whole directory, page by page. At most one page is requested ahead of the reader. Once a byte is
 * out, a failure is a cut: the body never ends as if it were complete.
 */
function usersStream({ name, end }: StreamFormat): Route {
  const format = formats[name];
  return defineRoute({
    path: `/users.${name}`,
    summary: `All users as ${name.toUpperCase()}, streamed`,
    role: 'Users.Export',
    input,
    gate: 'streams',
    handler:
      ({ limits, audit, log }) =>
      async ({ query: values, header }, { request, response, call, users }) => {
        const query = toUserQuery(values);
        const lenient = isLenient(header.Prefer);
        const { signal } = call;
        // The settings can have a query of their own: the receipt has the query that is really sent.
        const listing: UserListing = users.list(query, {
          signal,
          maxRetryAfter: limits.request,
        });
        const sink = format.createSink({ columns: columnsOf(name, listing.receipt().query) });
        const announce = (): void => {
          response.type(format.mediaType);
          response.set('Content-Disposition', `inline; filename="users.${name}"`);
          if (lenient) response.set('Preference-Applied', 'handling=lenient');
        };
        if (request.method === 'HEAD') {
          announce();
          response.end();
          return;
        }
        await auditExport({ audit, log }, { request, response, call }, () => listing.receipt());
        const reader = createReader(response, { signal, ...limits });
        const write = async (...texts: readonly string[]): Promise<void> =>
          reader.write(bytesOf(texts));

        // The head is sent with the first page: until then, a failure still has a status of its own.
        let hasBegun = false;
        const begin = async (): Promise<void> => {
          if (hasBegun) return;
          hasBegun = true;
          announce();
          await write(sink.head());
        };
        for await (const page of listing.pages()) {
          await begin();
          await reader.write(pageBytes(sink, page));
          call.users = (call.users ?? 0) + (page.json ?? page.items).length;
        }
        const receipt = listing.receipt();
        checkReceipt(receipt, end !== undefined, lenient);
        await begin();
        await write(sink.tail());
        await write(end?.(receipt) ?? '');
        response.end();
      },
  });
}

export const usersNdjson: Route = usersStream({
  name: 'ndjson',
  end: (receipt) =>
    `${JSON.stringify({
      '@complete': true,
      reconciled: receipt.reconciled,
      count: receipt.users,
      receipt,
    })}\n`,
});

export const usersCsv: Route = usersStream({ name: 'csv' });

export const usersJson: Route = usersStream({ name: 'json' });
