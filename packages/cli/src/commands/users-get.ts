import { exitCodeOf, exitCodes, formats, queryForExpression } from '@rollcall/core/command-line';

import { defineCommand } from '../arguments/command.ts';
import { idLines } from '../arguments/id-lines.ts';
import { errorNotice } from '../report/error-notice.ts';
import { openCommandDirectory } from '../open-command-directory.ts';
import { formatOptions, outOptions, shapeOptions, treeOptions } from '../options/output-options.ts';
import { expandOptions, selectOptions } from '../options/query-options.ts';
import { settingsOptions } from '../options/settings-options.ts';
import { formatChoice } from '../output/format-choice.ts';
import { openOutput } from '../output/open-output.ts';
import { shapeFrom } from '../output/shape.ts';
import { writeTree } from './users-tree.ts';

/** Whether one user is requested by its ID on the command line. */
function isSingle({
  id,
  ids,
}: {
  readonly id: readonly string[];
  readonly ids: string | undefined;
}): boolean {
  return id.length === 1 && id[0] !== '-' && ids === undefined;
}

/**
 * Prints users by object ID or userPrincipalName: one as an object, several as a list. An ID that fails is reported on
 * stderr, and the other users are still printed. The exit code is that of the first ID that failed. With `--out`, the
 * file is created unless users are missing that can exist.
 */
export const usersGet = defineCommand({
  positional: {
    name: 'id',
    describe: 'Object ID or userPrincipalName; - reads them from stdin, one per line',
    many: true,
    optional: true,
  },
  options: {
    ids: {
      kind: 'text',
      placeholder: 'FILE',
      describe: 'Read IDs from FILE, one per line (- for stdin)',
    },
    ...selectOptions,
    ...expandOptions,
    ...formatOptions,
    ...shapeOptions,
    ...treeOptions,
    ...outOptions,
    ...settingsOptions,
  },
  examples: [
    ['users get ada@contoso.com', 'Show one user'],
    ['users get ada@contoso.com eva@contoso.com -o csv', 'Show two users as CSV'],
    ['users get ada@contoso.com --tree', 'Show the users below a manager'],
    ['users get --ids ids.txt --out users.csv', 'Show the users whose IDs are lines of a file'],
  ],
  async run(args, context) {
    const { console } = context;
    const { id: ids, expand } = args;
    const { select } =
      args.query === undefined ? args : queryForExpression({ select: args.select }, args.query);
    const format = formatChoice(args, console);
    if (args.tree) return await writeTree(args, format, context);
    const shape = shapeFrom(args, format, { select, expand });
    const lines = idLines({ ids, file: args.ids }, context);
    const output = await openOutput(args, context);
    await using opened = await openCommandDirectory(args, context);
    const { users } = opened.directory;
    const options = { select, expand, signal: opened.signal };
    if (isSingle(args) && format === 'json' && args.query === undefined) {
      await output.write(
        `${JSON.stringify(await users.get(ids[0] ?? '', options), undefined, 2)}\n`,
      );
      await output.complete();
      return 0;
    }
    const sink = formats[format].createSink({
      ...shape,
      width: console.outIsTerminal && args.out === undefined ? console.width : undefined,
    });
    let code = 0;
    let isWhole = true;
    let head = sink.head();
    for await (const outcome of users.getMany(lines, options)) {
      if ('error' in outcome) {
        console.say(errorNotice(console, outcome.error, context.remedies));
        const failure = exitCodeOf(outcome.error);
        code ||= failure;
        // A user that does not exist is a result. After another error, users that exist are missing.
        if (failure !== exitCodes['not-found']) isWhole = false;
        continue;
      }
      await output.write(head + [...sink.page([outcome.user])].join(''));
      head = '';
    }
    await output.write(head + sink.tail());
    if (isWhole) await output.complete();
    return code;
  },
});
