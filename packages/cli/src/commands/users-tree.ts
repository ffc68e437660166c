import type { FormatName } from '@rollcall/core';

import type { ArgumentsOf } from '../arguments/command.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Context } from '../context.ts';
import { openCommandDirectory } from '../open-command-directory.ts';
import type { outOptions, shapeOptions } from '../options/output-options.ts';
import type { settingsOptions } from '../options/settings-options.ts';
import { reportReceipt } from '../output/report-receipt.ts';
import { shapeFrom } from '../output/shape.ts';
import { treeQuery, treeSelection } from '../output/tree.ts';
import { writeToFile, writeToStdout } from '../output/write-listing.ts';

type TreeArguments = ArgumentsOf<typeof shapeOptions> &
  ArgumentsOf<typeof outOptions> &
  ArgumentsOf<typeof settingsOptions> & {
    readonly id: readonly string[];
    readonly ids: string | undefined;
    readonly select: readonly string[] | undefined;
    readonly expand: string | undefined;
  };

/** @throws {UsageError} when the arguments name no user, several users, or an output that is not a tree */
function checkTreeArguments({ id, ids, query, expand }: TreeArguments): void {
  if (id.length !== 1 || id[0] === '-' || ids !== undefined)
    throw new UsageError('--tree requires one ID.', 'Run the command once for each manager.');
  if (query !== undefined || expand !== undefined)
    throw new UsageError(
      `--tree cannot be used with --${query === undefined ? 'expand' : 'query'}.`,
      'Select properties with --select, such as manager.mail.',
    );
}

/** Writes the users below one manager. All users are listed, because only they tell who reports to whom. */
export async function writeTree(
  args: TreeArguments,
  format: FormatName,
  context: Context,
): Promise<number> {
  checkTreeArguments(args);
  const shape = shapeFrom(args, format, { select: treeSelection(args.select) });
  await using opened = await openCommandDirectory(args, context);
  const { signal } = opened;
  const { users } = opened.directory;
  const root = await users.get(args.id[0] ?? '', { select: ['id'], signal });
  const { console } = context;
  const listing = {
    users,
    query: treeQuery({ select: args.select }),
    parallel: undefined,
    format,
    sink: {
      ...shape,
      tree: { root: root.id },
      width: console.outIsTerminal && args.out === undefined ? console.width : undefined,
    },
    signal,
    onPage: () => {},
    accept: () => {},
  };
  const receipt = await (args.out === undefined
    ? writeToStdout(listing, context)
    : writeToFile(args.out, listing, { resume: false, force: args.force }, context));
  await reportReceipt(receipt, undefined, context);
  return 0;
}
