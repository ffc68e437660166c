import { bytesOf, type FormatName, formats } from '@rollcall/core/command-line';

import type { Console } from '../terminal/console.ts';

/** A row of a tabular format, or an object of a JSON format. Sinks write every property of what they get. */
export interface Row {
  readonly [property: string]: unknown;
}

/** Returns whether a format has columns. */
export function isTabular(format: FormatName): boolean {
  return format === 'table' || formats[format].defaultColumns !== undefined;
}

/** Writes rows to stdout, such as counts. @param columns of tabular formats */
export async function writeRows(
  rows: Iterable<Row>,
  columns: readonly string[],
  format: FormatName,
  console: Console,
): Promise<void> {
  const sink = formats[format].createSink({
    columns: isTabular(format) ? columns : undefined,
    width: console.outIsTerminal ? console.width : undefined,
  });
  const texts = [sink.head(), ...sink.page([...rows]), sink.tail()];
  for (const piece of bytesOf(texts)) await console.write(piece);
}
