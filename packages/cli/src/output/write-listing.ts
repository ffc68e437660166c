import { resolve } from 'node:path';

import type { Directory, FormatName, ListOptions, Receipt, UserQuery } from '@rollcall/core';
import { formats, pageBytes, type Sink, type SinkOptions } from '@rollcall/core/command-line';

import type { Context } from '../context.ts';
import { reportManagerCycles } from './tree.ts';
import type { Console } from '../terminal/console.ts';

/** A listing with its output format, and the callbacks that observe it. */
export interface FormattedListing {
  readonly users: Directory['users'];
  readonly query: UserQuery;
  readonly parallel: ListOptions['parallel'];
  readonly format: FormatName;
  readonly sink: SinkOptions;
  readonly signal: AbortSignal;
  /** Called after each page. @param users the number of users of the page */
  readonly onPage: (users: number, receipt: Receipt) => void;
  /** Called before the result is accepted. It throws to reject the result. */
  readonly accept: (receipt: Receipt) => void;
}

/** Reports how many cells differ from the directory, because a spreadsheet would run them as formulas. */
function reportEscapedCells(cells: number, console: Console): void {
  if (cells === 0) return;
  console.say({
    level: 'info',
    event: 'cells-escaped',
    text: `${cells.toLocaleString('en-US')} ${cells === 1 ? 'cell begins' : 'cells begin'} with an added apostrophe, so that a spreadsheet does not run ${cells === 1 ? 'it' : 'them'} as a formula; --csv-raw writes cells unchanged.`,
    facts: { cells },
  });
}

/** An output that several listings share. */
export interface PageOutput {
  page(users: Parameters<Sink['page']>[0]): Promise<void>;
}

/**
 * Writes the users to stdout, page by page.
 * @param shared the output of several listings, which has the beginning and the end of the format
 * @returns the receipt of the complete listing
 */
export async function writeToStdout(
  { users, query, parallel, format, sink: sinkOptions, signal, onPage, accept }: FormattedListing,
  { console }: Pick<Context, 'console'>,
  shared?: PageOutput,
): Promise<Receipt> {
  const sink = formats[format].createSink(sinkOptions);
  const listing = users.list(query, { signal, parallel });
  if (shared !== undefined) {
    for await (const page of listing.pages()) {
      await shared.page(page.items);
      onPage(page.items.length, listing.receipt());
    }
    accept(listing.receipt());
    return listing.receipt();
  }
  let head = sink.head();
  for await (const page of listing.pages()) {
    if (head !== '') await console.write(head);
    head = '';
    for (const piece of pageBytes(sink, page)) await console.write(piece);
    onPage((page.json ?? page.items).length, listing.receipt());
  }
  await console.write(head + sink.tail());
  reportEscapedCells(sink.escapedCells?.() ?? 0, console);
  reportManagerCycles(sink.managerCycles?.() ?? [], console);
  accept(listing.receipt());
  return listing.receipt();
}

/**
 * Writes the users to a file, which is created only when the listing is complete.
 * @param options.resume continue an interrupted export to the same file
 * @param options.force replace an existing file
 * @returns the receipt of the complete listing
 */
export async function writeToFile(
  file: string,
  { users, query, parallel, format, sink, signal, onPage, accept }: FormattedListing,
  options: { readonly resume: boolean; readonly force: boolean },
  { console, cwd, core }: Context,
): Promise<Receipt> {
  const { listToFile } = await core();
  return await listToFile(users, query, {
    path: resolve(cwd, file),
    format,
    sink,
    resume: options.resume,
    force: options.force,
    signal,
    parallel,
    onStartOver: () =>
      console.say({
        level: 'warn',
        event: 'started-over',
        text: `${console.paint('warning', 'warning:')} Discarding the partial export of ${file}; use --resume to continue it.`,
        facts: { file },
      }),
    onEscapedCells: (cells) => reportEscapedCells(cells, console),
    onManagerCycles: (cycles) => reportManagerCycles(cycles, console),
    onPage: (page, receipt) => onPage((page.json ?? page.items).length, receipt),
    accept,
  });
}
