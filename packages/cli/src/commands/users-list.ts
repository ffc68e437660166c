import { resolve } from 'node:path';

import type { FormatName, Receipt, SinkOptions, UserQuery } from '@rollcall/core';

import type { Arguments, ArgumentsOf } from '../command.ts';
import type { Context } from '../context.ts';
import { readerGone } from '../exit-codes.ts';
import { type Opened, openFor } from '../opening.ts';
import type {
  fileOptions,
  formatOptions,
  proofOptions,
  shapeOptions,
} from '../options/output-options.ts';
import { queryFrom, type queryOptions } from '../options/query-options.ts';
import { formatChoice } from '../output/format-choice.ts';
import { createOutputFile, type OutputFile } from '../output/output-file.ts';
import { shapeFrom } from '../output/shape.ts';
import { createProgress } from '../progress.ts';
import { receiptLine } from '../receipt-line.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { Stopped } from '../stop-signals.ts';
import type { Console } from '../terminal/console.ts';
import { UsageError } from '../usage-error.ts';

export type UsersListArguments = ArgumentsOf<
  typeof queryOptions &
    typeof shapeOptions &
    typeof fileOptions &
    typeof proofOptions &
    Awaited<ReturnType<typeof formatOptions>>
> &
  Arguments;

/** What a listing in progress tells: after each page, and before it counts as good. */
interface Watch {
  page(users: number, receipt: Receipt): void;
  accept(receipt: Receipt): void;
}

function refuseContradictions(
  { resume, out, receipt, strict, limit }: UsersListArguments,
  cwd: string,
): void {
  for (const [flag, file] of Object.entries({ '--out': out, '--receipt': receipt }))
    if (file === '-')
      throw new UsageError(
        `${flag} takes the name of a file, and - is none.`,
        flag === '--out'
          ? 'Leave --out away for standard output.'
          : 'Leave --receipt away: its line is on standard error, with --log-format json as JSON.',
      );
  if (out !== undefined && receipt !== undefined && resolve(cwd, out) === resolve(cwd, receipt))
    throw new UsageError(
      '--out and --receipt name the same file.',
      'Give the receipt a name of its own.',
    );
  if (resume && out === undefined)
    throw new UsageError(
      '--resume needs --out FILE: standard output keeps no place.',
      'Name the file that the earlier run was writing.',
    );
  if (strict && limit !== undefined)
    throw new UsageError(
      '--strict and --limit exclude each other: no count confirms a part.',
      'Leave one of them away.',
    );
}

async function handOver(receipt: Receipt, file: OutputFile | undefined, context: Context) {
  await file?.complete(`${JSON.stringify(receipt, undefined, 2)}\n`);
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

/** To standard output, a page at a time. */
async function print(
  { query, format, sink: sinkOptions, opened, watch }: Listing,
  { console, core }: Context,
): Promise<Receipt> {
  const { bytesOf, formats } = await core();
  const sink = formats[format].createSink(sinkOptions);
  const listing = opened.directory.users.list(query, { signal: opened.signal });
  let head = sink.head();
  for await (const page of listing.pages()) {
    for (const piece of bytesOf([head, ...sink.page(page.items)])) await console.write(piece);
    head = '';
    watch.page(page.items.length, listing.receipt());
  }
  await console.write(head + sink.tail());
  watch.accept(listing.receipt());
  return listing.receipt();
}

/** Into a file that can be gone on with, and has its name once it is whole. */
async function fill(
  path: string,
  { args, query, format, sink, opened, watch }: Listing,
  { console, cwd, core }: Context,
): Promise<Receipt> {
  const { listToFile } = await core();
  return await listToFile(opened.directory.users, query, {
    path: resolve(cwd, path),
    format,
    sink,
    resume: args.resume,
    force: args.force,
    signal: opened.signal,
    onStartOver: () =>
      console.say({
        level: 'warn',
        event: 'started-over',
        text: `${console.paint('warning', 'warning:')} an earlier run had begun ${path}: without --resume it starts over`,
        facts: { file: path },
      }),
    onPage: (page, receipt) => watch.page(page.items.length, receipt),
    accept: (receipt) => watch.accept(receipt),
  });
}

interface Listing {
  readonly args: UsersListArguments;
  readonly query: UserQuery;
  readonly format: FormatName;
  readonly sink: SinkOptions;
  readonly opened: Opened;
  readonly watch: Watch;
}

/** Why nothing comes for a while, by what core says of it. */
const waits: Readonly<Record<string, string>> = {
  throttled: 'throttled, and the service asked for it',
  retrying: 'the service did not answer well',
};

/** Nobody is told to go on from what must not be trusted. */
function sayHowToGoOn(
  { out }: UsersListArguments,
  { complete }: Receipt,
  error: unknown,
  console: Console,
): void {
  const { category } = (error ?? {}) as { readonly category?: unknown };
  if (out === undefined || complete || category === 'integrity') return;
  console.say({
    level: 'info',
    event: 'unfinished',
    text: `${out} is not there yet: the same command with --resume goes on where this one stopped.`,
    facts: { file: out },
  });
}

/** Lists the tenant's users, a page at a time, and ends with the receipt: also when it ends too early. */
export async function usersList(args: UsersListArguments, context: Context): Promise<void> {
  refuseContradictions(args, context.cwd);
  const settleHeap = keepHeapSmall();
  const { console } = context;
  const core = await context.core();
  const { UnreconciledError } = core;
  const format = formatChoice(args, console);
  using progress = createProgress(console, () => performance.now());
  await using opened = await openFor(args, {
    ...context,
    log(event, fields) {
      context.log(event, fields);
      const why = waits[event];
      if (why !== undefined && 'wait' in fields) progress.wait(Number(fields.wait), why);
    },
  });
  const query = { ...opened.settings.query, ...queryFrom(args) };
  const receiptFile =
    args.receipt === undefined
      ? undefined
      : await createOutputFile(resolve(context.cwd, args.receipt), {
          // The run that is gone on with left a receipt that says so.
          force: args.force || args.resume,
        });
  let latest: Receipt | undefined;
  const listing: Listing = {
    args,
    query,
    format,
    sink: {
      ...shapeFrom(args, format, query, core),
      width: console.outIsTerminal && args.out === undefined ? console.width : undefined,
    },
    opened,
    watch: {
      page(users, receipt) {
        settleHeap();
        latest = receipt;
        progress.add(users, { users: receipt.users, total: receipt.countAtStart });
      },
      accept(receipt) {
        latest = receipt;
        if (args.strict && receipt.reconciled !== true) throw new UnreconciledError(receipt);
      },
    },
  };
  try {
    const receipt = await (args.out === undefined
      ? print(listing, context)
      : fill(args.out, listing, context));
    progress[Symbol.dispose]();
    await handOver(receipt, receiptFile, context);
  } catch (error) {
    progress[Symbol.dispose]();
    // Where nothing came at all, the error says it better.
    if (latest !== undefined) {
      await handOver(latest, receiptFile, context);
      sayHowToGoOn(args, latest, error, console);
    }
    throw error;
  }
}
