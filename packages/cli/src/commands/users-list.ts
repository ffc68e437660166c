import { resolve } from 'node:path';

import type { Receipt } from '@rollcall/core';

import type { Arguments, ArgumentsOf } from '../command.ts';
import type { Context } from '../context.ts';
import { openFor } from '../opening.ts';
import type { fileOptions, formatOptions } from '../options/output-options.ts';
import { queryFrom, type queryOptions } from '../options/query-options.ts';
import { openDestination } from '../output/destination.ts';
import { formatChoice } from '../output/format-choice.ts';
import { createOutputFile, type OutputFile } from '../output/output-file.ts';
import { readerGone } from '../exit-codes.ts';
import { createProgress } from '../progress.ts';
import { receiptLine } from '../receipt-line.ts';
import { Stopped } from '../stop-signals.ts';

export type UsersListArguments = ArgumentsOf<
  typeof queryOptions & typeof fileOptions & Awaited<ReturnType<typeof formatOptions>>
> &
  Arguments;

async function handOver(receipt: Receipt, file: OutputFile | undefined, context: Context) {
  await file?.write(`${JSON.stringify(receipt, undefined, 2)}\n`);
  await file?.complete();
  // Where nothing came at all, the error says it better.
  if (!receipt.complete && receipt.pages === 0) return;
  // `head` has what it wanted: nobody is interested in the rest.
  const { reason } = context.signal as { readonly reason: unknown };
  if (reason instanceof Stopped && reason.exitCode === readerGone) return;
  context.console.say({
    level: receipt.complete && receipt.reconciled !== false ? 'info' : 'warn',
    event: 'receipt',
    text: receiptLine(receipt, context.console),
    facts: { ...receipt },
  });
}

/** Lists the tenant's users, a page at a time, and ends with the receipt: also when it ends too early. */
export async function usersList(args: UsersListArguments, context: Context): Promise<void> {
  const { console } = context;
  const { formats } = await context.core();
  const query = queryFrom(args);
  await using opened = await openFor(args, context);
  await using destination = await openDestination(args, context);
  await using receiptFile =
    args.receipt === undefined
      ? undefined
      : await createOutputFile(resolve(context.cwd, args.receipt), args);
  const sink = formats[formatChoice(args, console)].createSink({
    columns: query.select,
    width: console.outIsTerminal ? console.width : undefined,
  });
  const listing = opened.directory.users.list(query, { signal: opened.signal });
  try {
    using progress = createProgress(console, () => performance.now());
    let head = sink.head();
    for await (const page of listing.pages()) {
      await destination.write(head + sink.page(page.items));
      head = '';
      progress.add(page.items.length, listing.receipt().countAtStart);
    }
    await destination.write(head + sink.tail());
    await destination.complete();
  } catch (error) {
    const receipt = listing.receipt();
    await handOver({ ...receipt, complete: false }, receiptFile, context);
    throw error;
  }
  await handOver(listing.receipt(), receiptFile, context);
}
