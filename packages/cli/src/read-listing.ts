import type { UserPages, UserQuery } from '@rollcall/core';

import type { ArgumentsOf } from './arguments/command.ts';
import type { Context } from './context.ts';
import { openCommandDirectory } from './open-command-directory.ts';
import { collectionFrom, type collectionOptions } from './options/collection-options.ts';
import type { proofOptions } from './options/output-options.ts';
import { parallelFrom, type parallelOptions } from './options/parallel-option.ts';
import type { filterOptions } from './options/query-options.ts';
import type { SettingsArguments } from './options/settings-options.ts';
import { keepHeapSmall } from './process/small-heap.ts';
import { createProgress } from './report/progress.ts';
import { reportReceipt } from './output/report-receipt.ts';

type ReadArguments = ArgumentsOf<
  typeof collectionOptions & typeof filterOptions & typeof proofOptions & typeof parallelOptions
> &
  SettingsArguments;

/** Returns the query for the named properties; `manager.displayName` needs `expand`. */
function queryFor(names: readonly string[]): Pick<UserQuery, 'select' | 'expand'> {
  const roots = new Set(names.map((name) => name.split(/[./]/u)[0] ?? name));
  const hasManager = [...roots].some((root) => root.toLowerCase() === 'manager');
  const select = ['id', ...roots].filter((root) => root.toLowerCase() !== 'manager');
  return { select: [...new Set(select)], ...(hasManager ? { expand: 'manager' } : {}) };
}

/**
 * Lists the users of the flags once, for a command that prints something else than the users, and reports the receipt.
 * @param names the properties that the command needs
 * @param read reads the listing to its end
 * @throws {UnreconciledError} with `--strict`, when the tenant's count does not confirm the listing
 */
export async function readListing<Result>(
  args: ReadArguments,
  names: readonly string[],
  context: Context,
  read: (listing: UserPages) => Promise<Result>,
): Promise<Result> {
  const of = collectionFrom(args);
  const parallel = parallelFrom(args);
  const adaptHeap = keepHeapSmall();
  const { UnreconciledError } = await context.core();
  using progress = createProgress(context.console, () => performance.now());
  await using opened = await openCommandDirectory(args, context);
  const { directory, settings, signal } = opened;
  const { filter = settings.query?.filter, search = settings.query?.search } = args;
  const query = { of, filter, search, ...queryFor(names) };
  const listing = directory.users.list(query, { signal, parallel });
  const result = await read({
    async *pages() {
      for await (const page of listing.pages()) {
        adaptHeap();
        const { users, countAtStart } = listing.receipt();
        progress.add(page.items.length, { users, total: countAtStart });
        yield page;
      }
    },
  });
  progress[Symbol.dispose]();
  const receipt = listing.receipt();
  if (args.strict && receipt.reconciled !== true) throw new UnreconciledError(receipt);
  await reportReceipt(receipt, undefined, context);
  return result;
}
