import { exitCodeOf, formats, queryForExpression } from '@rollcall/core/command-line';

import { defineCommand } from '../arguments/command.ts';
import { idLines } from '../arguments/id-lines.ts';
import { errorNotice } from '../report/error-notice.ts';
import { openCommandDirectory } from '../open-command-directory.ts';
import { formatOptions, shapeOptions } from '../options/output-options.ts';
import { selectOptions } from '../options/query-options.ts';
import { settingsOptions } from '../options/settings-options.ts';
import { formatChoice } from '../output/format-choice.ts';
import { shapeFrom } from '../output/shape.ts';

/**
 * Prints users by object ID or userPrincipalName: one as an object, several as a list. An ID that fails is reported on
 * stderr, and the other users are still printed. The exit code is that of the first ID that failed.
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
    ...formatOptions,
    ...shapeOptions,
    ...settingsOptions,
  },
  examples: [
    ['users get ada@contoso.com', 'Show one user'],
    ['users get ada@contoso.com eva@contoso.com -o csv', 'Show two users as CSV'],
    ['users get --ids ids.txt -o csv', 'Show the users whose IDs are lines of a file'],
  ],
  async run(args, context) {
    const { console } = context;
    const { id: ids } = args;
    const { select } =
      args.query === undefined ? args : queryForExpression({ select: args.select }, args.query);
    const format = formatChoice(args, console);
    const shape = shapeFrom(args, format, { select });
    const lines = idLines({ ids, file: args.ids }, context);
    await using opened = await openCommandDirectory(args, context);
    const { users } = opened.directory;
    const options = { select, signal: opened.signal };
    const [first, ...others] = ids;
    if (
      first !== undefined &&
      first !== '-' &&
      others.length === 0 &&
      args.ids === undefined &&
      format === 'json' &&
      args.query === undefined
    ) {
      await console.write(`${JSON.stringify(await users.get(first, options), undefined, 2)}\n`);
      return 0;
    }
    const sink = formats[format].createSink({
      ...shape,
      width: console.outIsTerminal ? console.width : undefined,
    });
    let code = 0;
    let head = sink.head();
    for await (const outcome of users.getMany(lines, options)) {
      if ('error' in outcome) {
        console.say(errorNotice(console, outcome.error, context.remedies));
        code ||= exitCodeOf(outcome.error);
        continue;
      }
      await console.write(head + [...sink.page([outcome.user])].join(''));
      head = '';
    }
    await console.write(head + sink.tail());
    return code;
  },
});
