import type { User } from '@microsoft/microsoft-graph-types';

/** Turns users into text, a page at a time, so that no format ever holds the directory. */
export interface Sink {
  /** What comes before the first user. */
  head(): string;
  /** One page of users, in short texts to be written one after the other: {@link bytesOf} makes bytes of them. */
  page(users: readonly User[]): Iterable<string>;
  /** What comes after the last; called only when the listing is complete. */
  tail(): string;
  /** What a sink in another process needs to continue after the last page, as plain JSON. Absent if nothing is. */
  save?(): unknown;
  /** The number of cells that were changed so that a spreadsheet does not run them as formulas. */
  escapedCells?(): number;
}

export interface SinkOptions {
  /** The result of {@link Sink.save}: continue after that page. Neither head nor header is written again. */
  readonly saved?: unknown;
  /** The columns of tabular formats, in order: properties, or paths such as `manager.displayName`. */
  readonly columns?: readonly string[] | undefined;
  /** A JMESPath expression, put to each user by itself before anything is written. */
  readonly query?: string | undefined;
  /** For `csv`: do not change cells that a spreadsheet would take for formulas. */
  readonly raw?: boolean | undefined;
  /** For `csv`: begin with a byte order mark, by which Excel on Windows recognizes UTF-8. */
  readonly bom?: boolean | undefined;
  /** For `csv`, `tsv` and `table`: false omits the header. */
  readonly header?: boolean | undefined;
  /** Width of the terminal, for `table`; absent where there is none, and nothing is cut to fit. */
  readonly width?: number | undefined;
}

/** One entry of the registry in `formats.ts`. */
export interface Format {
  /** For `Accept` negotiation. */
  readonly mediaType: string;
  readonly describe: string;
  /** The default columns; absent if the format has no columns. */
  readonly defaultColumns?: readonly string[] | undefined;
  createSink(options: SinkOptions): Sink;
}
