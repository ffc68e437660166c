import { resolve } from 'node:path';

import type { Receipt } from '@rollcall/core';
import { createOutputFile, type OutputFile, queryForExpression } from '@rollcall/core/command-line';

import { UsageError } from '../arguments/usage-error.ts';
import { defineCommand } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { exportSituation } from '../output/export-situation.ts';
import { createProgress, type Progress } from '../report/progress.ts';
import { continuations } from '../report/remedies.ts';
import { unknownSituation } from '../report/situation.ts';
import { reportReceipt } from '../output/report-receipt.ts';
import { keepHeapSmall } from '../process/small-heap.ts';
import { type FormattedListing, writeToFile, writeToStdout } from '../output/write-listing.ts';
import { type CommandDirectory, openCommandDirectory } from '../open-command-directory.ts';
import { inactivityFrom } from '../options/inactive-options.ts';
import { licensesFrom } from '../options/license-options.ts';
import { parallelFrom } from '../options/parallel-option.ts';
import { queryFrom } from '../options/query-options.ts';
import { formatChoice } from '../output/format-choice.ts';
import { shapeFrom } from '../output/shape.ts';
import { treeQuery, treeSelection } from '../output/tree.ts';
import { findTargets } from '../tenants/find-targets.ts';
import { withTenant } from '../tenants/with-tenant.ts';
import {
  type ListUsers,
  type UsersListArguments,
  usersListOptions,
} from './users-list-arguments.ts';
import { listTenants } from './users-list-tenants.ts';

/** Checks the combinations of flags. @throws {UsageError} */
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

/** Flags that contradict `--tree`, and why. @throws {UsageError} */
function refuseTreeContradictions(args: UsersListArguments, isOneOfMany: boolean): void {
  if (isOneOfMany)
    throw new UsageError(
      '--tree cannot be used with several profiles.',
      'Run the command once for each profile.',
    );
  const reasons = {
    resume: 'A tree is written when all users are read: run the command again without --resume.',
    limit: 'A tree needs all users: omit --limit.',
    query:
      'The expression is evaluated for each user alone: use -o ndjson and a program such as jq.',
    expand:
      'A tree expands the manager by itself: select its properties with --select manager.mail.',
    'order-by': 'A tree is ordered by name below each manager: omit --order-by.',
  } as const;
  for (const [flag, hint] of Object.entries(reasons)) {
    const value = args[flag as keyof typeof reasons];
    if (value !== undefined && value !== false)
      throw new UsageError(`--tree cannot be used with --${flag}.`, hint);
  }
}

/** The text of the progress line while the client waits, by event. */
const waitTexts: Readonly<Record<string, string>> = {
  throttled: 'throttled (429)',
  retrying: 'retrying a failed request',
};

/** Opens the directory, so that waits before retries are shown in the progress line. */
async function openWithProgress(
  args: UsersListArguments,
  context: Context,
  progress: Progress,
): Promise<CommandDirectory> {
  return await openCommandDirectory(args, {
    ...context,
    log(event, fields) {
      context.log(event, fields);
      const why = waitTexts[event];
      if (why !== undefined && 'wait' in fields) progress.wait(Number(fields.wait), why);
    },
  });
}

async function createReceiptFile(
  { receipt, force, resume }: UsersListArguments,
  cwd: string,
): Promise<OutputFile | undefined> {
  if (receipt === undefined) return undefined;
  // With --resume, this receipt replaces that of the interrupted export.
  return await createOutputFile(resolve(cwd, receipt), { force: force || resume });
}

/** Says that the file was not created, and how the export is continued if it can be. */
async function suggestResume(
  args: UsersListArguments,
  { complete }: Receipt,
  error: unknown,
  context: Context,
): Promise<void> {
  const { out } = args;
  if (out === undefined || complete) return;
  const { resume } = await exportSituation(unknownSituation, args, error, context);
  const continuation = continuations[resume];
  if (continuation === undefined) return;
  const { console } = context;
  console.say({
    level: 'info',
    event: 'unfinished',
    text: `${out} was not created; ${continuation}.`,
    facts: { file: out },
  });
}

/** Lists the users page by page and ends with the receipt, also if the listing fails. */
const listUsers: ListUsers = async (args, context, many) => {
  refuseContradictions(args, context.cwd);
  if (args.tree) refuseTreeContradictions(args, many !== undefined);
  const parallel = parallelFrom(args);
  const inactive = inactivityFrom(args);
  const flags = {
    ...queryFrom(args),
    ...licensesFrom(args),
    ...(inactive === undefined ? {} : { inactive }),
  };
  const adaptHeap = keepHeapSmall();
  const { console } = context;
  const { UnreconciledError } = await context.core();
  const format = formatChoice(args, console);
  using progress = createProgress(console, () => performance.now());
  await using opened = await openWithProgress(args, context, progress);
  const flagQuery = { ...opened.settings.query, ...flags };
  const query = args.query === undefined ? flagQuery : queryForExpression(flagQuery, args.query);
  const shown = args.tree ? { ...query, select: treeSelection(query.select) } : query;
  const receiptFile = await createReceiptFile(args, context.cwd);
  const { directory, settings } = opened;
  const shape = shapeFrom(args, format, shown);
  const columns =
    many === undefined || shape.columns === undefined
      ? shape.columns
      : ['tenant', ...shape.columns];
  let latest: Receipt | undefined;
  const listing: FormattedListing = {
    users: many === undefined ? directory.users : withTenant(directory.users, settings.tenant),
    query: args.tree ? treeQuery(query) : query,
    parallel,
    format,
    sink: {
      ...shape,
      columns,
      ...(args.tree ? { tree: {} } : {}),
      width: console.outIsTerminal && args.out === undefined ? console.width : undefined,
    },
    signal: opened.signal,
    onPage(users, receipt) {
      adaptHeap();
      latest = receipt;
      progress.add(users, { users: receipt.users, total: receipt.countAtStart });
    },
    accept(receipt) {
      latest = receipt;
      if (args.strict && receipt.reconciled !== true) throw new UnreconciledError(receipt);
    },
  };
  try {
    const receipt = await (args.out === undefined
      ? writeToStdout(listing, context, many?.output)
      : writeToFile(args.out, listing, args, context));
    progress[Symbol.dispose]();
    await reportReceipt(receipt, receiptFile, context);
  } catch (error) {
    progress[Symbol.dispose]();
    // If no page was read, the error alone is enough.
    if (latest !== undefined) {
      await reportReceipt(latest, receiptFile, context);
      await suggestResume(args, latest, error, context);
    }
    throw error;
  }
};

/** Lists the users of one tenant, or of several profiles. */
async function run(args: UsersListArguments, context: Context): Promise<number | void> {
  const targets = await findTargets(args, context);
  return targets === undefined
    ? await listUsers(args, context)
    : await listTenants(args, context, targets, listUsers);
}

export const usersList = defineCommand({
  options: usersListOptions,
  examples: [
    ['users list --config parameters.json', 'List all users'],
    [
      'users list --out users.csv --receipt receipt.json',
      'Export to a file, with a receipt that proves it is complete',
    ],
    [
      'users list --select id,mail --filter "accountEnabled eq false"',
      'List two properties of disabled accounts',
    ],
    ['users list --group Engineering --transitive', 'List the members of nested groups'],
    [
      'users list --all-profiles --out users-{tenant}.csv',
      'Export the users of each profile to a file of its own',
    ],
    ['users list --tree', 'Show the organization chart'],
    ['users list --inactive 90d', 'List users without a sign-in for 90 days'],
  ],
  run,
});
