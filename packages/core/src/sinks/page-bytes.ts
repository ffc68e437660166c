import type { User } from '@microsoft/microsoft-graph-types';

import type { JsonItems } from '../json-items.ts';
import { bytesOf } from './bytes-of.ts';
import type { Sink } from './sink.ts';

/** What a sink needs of a page. */
interface PageOfUsers {
  readonly items: readonly User[];
  readonly json?: JsonItems | undefined;
}

/**
 * Returns the bytes of one page in the format of the sink. Users are not parsed when the format is JSON or NDJSON and
 * nothing changes them.
 *
 * @example
 * const sink = formats.ndjson.createSink({});
 * for await (const page of listing.pages()) for (const bytes of pageBytes(sink, page)) await file.write(bytes);
 */
export function pageBytes(sink: Sink, page: PageOfUsers): Iterable<Uint8Array> {
  return sink.json !== undefined && page.json !== undefined
    ? sink.json(page.json)
    : bytesOf(sink.page(page.items));
}
