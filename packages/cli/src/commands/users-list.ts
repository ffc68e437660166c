import { resolve } from 'node:path';

import type { FormatName, Receipt, SinkOptions, UserQuery } from '@rollcall/core';

import type { Arguments, ArgumentsOf } from '../command.ts';
import type { Context } from '../context.ts';
import { brokenPipe } from '../exit-codes.ts';
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

/** Callbacks of a listing: after each page, and before the result is accepted. */
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
        `${flag} requires a file name; "-" is not supported.`,
        flag === '--out'
          ? 'Omit --out to write to stdout.'
          : 'Omit --receipt: the receipt is logged on stderr, as JSON with --log-format json.',
      );
  if (out !== undefined && receipt !== undefined && resolve(cwd, out) === resolve(cwd, receipt))
    throw new UsageError(
      '--out and --receipt name the same file.',
      'Choose another file for the receipt.',
    );
  if (resume && out === undefined)
    throw new UsageError(
      '--resume requires --out FILE.',
      'Specify the file of the interrupted export with --out.',
    );
  if (strict && limit !== undefined)
    throw new UsageError(
      '--strict cannot be used with --limit.',
      '$count verifies only a complete list: remove one of the two flags.',
    );
}

async function reportReceipt(receipt: Receipt, file: OutputFile | undefined, context: Context) {
  await file?.complete(`${JSON.stringify(receipt, undefined, 2)}\n`);
  // A reader such as `head` closed the pipe on purpose: the receipt is not printed.
  const { reason } = context.signal as { readonly reason: unknown };
  if (reason instanceof Stopped && reason.exitCode === brokenPipe) return;
  context.console.say({
    level: receipt.complete && receipt.reconciled !== false ? 'info' : 'warn',
    event: 'receipt',
    text: receiptLine(receipt, context.console),
    facts: { ...receipt },
  });
}

/** Writes the users to stdout, page by page. */
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

/** Writes the users to a file, which gets its name when it is complete and can be resumed before that. */
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
        text: `${console.paint('warning', 'warning:')} Discarding the partial export of ${path}; use --resume to continue it.`,
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

/** The text of the progress line while the client waits, by event. */
const waits: Readonly<Record<string, string>> = {
  throttled: 'throttled (429)',
  retrying: 'retrying a failed request',
};

/** Suggests `--resume`, except after an integrity failure: what was read must not be trusted then. */
function suggestResume(
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
    text: `${out} was not created; rerun with --resume to continue.`,
    facts: { file: out },
  });
}

/** Lists the users page by page and ends with the receipt, also if the listing fails. */
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
          // The interrupted export wrote a receipt of its own, which this one replaces.
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
    await reportReceipt(receipt, receiptFile, context);
  } catch (error) {
    progress[Symbol.dispose]();
    // If no page was read, the error alone is enough.
    if (latest !== undefined) {
      await reportReceipt(latest, receiptFile, context);
      suggestResume(args, latest, error, console);
    }
    throw error;
  }
}
