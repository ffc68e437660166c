import type { User } from '@microsoft/microsoft-graph-types';

import type { JsonItems } from '../json-items.ts';

/**
 * Writes users as text in one format, page by page, so that the whole list is never in memory.
 *
 * @example
 * const sink = formats.csv.createSink({ columns: ['id', 'mail'] });
 * let text = sink.head();
 * for await (const { items } of listing.pages()) text += [...sink.page(items)].join('');
 * text += sink.tail();
 * for (const bytes of sink.json?.(unparsedItems) ?? []) await file.write(bytes);
 * console.log(`${sink.escapedCells?.() ?? 0} cells were escaped; the state to continue from is`, sink.save?.());
 */
export interface Sink {
  /** Returns the text before the first user. */
  head(): string;
  /** Returns one page of users as short texts to be written one after the other; {@link bytesOf} encodes them. */
  page(users: readonly User[]): Iterable<string>;
  /** Returns one page of users that need not be parsed. Absent if the format is not JSON, or changes users. */
  json?(users: JsonItems): Iterable<Uint8Array>;
  /** Returns the text after the last user. It is called only when the listing is complete. */
  tail(): string;
  /** Returns the state that a sink in another process continues from, as plain JSON. Absent if there is none. */
  save?(): unknown;
  /** Returns the number of cells that were changed so that a spreadsheet does not run them as formulas. */
  escapedCells?(): number;
  /**
   * Returns, with `tree` and after {@link Sink.tail}, the groups of users whose managers lead back to themselves.
   *
   * @example
   * for (const cycle of sink.managerCycles?.() ?? []) console.warn(cycle.map(({ displayName }) => displayName));
   */
  managerCycles?(): readonly (readonly User[])[];
}

export interface SinkOptions {
  /** The result of {@link Sink.save}: continue after that page. Neither head nor header is written again. */
  readonly saved?: unknown;
  /** The columns of tabular formats, in order: properties, or paths such as `manager.displayName`. */
  readonly columns?: readonly string[] | undefined;
  /** A JMESPath expression that is evaluated for each user before it is written. */
  readonly query?: string | undefined;
  /** A property that is a list: write a row for each of its elements, with the element in place of the list. */
  readonly explode?: string | undefined;
  /** For `csv`: the character between cells; a comma when absent. */
  readonly delimiter?: string | undefined;
  /** For `csv`: do not escape cells that a spreadsheet would run as formulas. */
  readonly raw?: boolean | undefined;
  /** For `csv`: start with a byte order mark, by which Excel on Windows recognizes UTF-8. */
  readonly bom?: boolean | undefined;
  /** For `csv`, `tsv` and `table`: false omits the header. */
  readonly header?: boolean | undefined;
  /**
   * Writes the users below their managers, with `depth` and `path` (the object IDs from the top down to the user);
   * tables draw the chart. The users need `manager.id`, and all of them are kept in memory. `root` selects the part
   * below a user, by object ID.
   */
  readonly tree?: { readonly root?: string | undefined } | undefined;
  /** For `table`: the width of the terminal in columns. Cells are cut to fit it; nothing is cut when it is absent. */
  readonly width?: number | undefined;
}

/** One entry of the registry in `formats.ts`. */
export interface Format {
  /** The media type, for `Content-Type` and the negotiation of `Accept`. */
  readonly mediaType: string;
  readonly describe: string;
  /** The default columns; absent if the format has no columns. */
  readonly defaultColumns?: readonly string[] | undefined;
  /** Whether an organization chart is drawn with lines, and not written as depths and paths. */
  readonly isDrawn?: boolean | undefined;
  /**
   * Creates the sink of one output.
   *
   * @example
   * const sink = formats.ndjson.createSink({});
   */
  createSink(options: SinkOptions): Sink;
}
