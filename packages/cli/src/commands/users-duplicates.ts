import { spelledQuery } from '@rollcall/core/command-line';

import { defineCommand } from '../arguments/command.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { collectionOptions } from '../options/collection-options.ts';
import { formatOptions, proofOptions } from '../options/output-options.ts';
import { parallelOptions } from '../options/parallel-option.ts';
import { filterOptions } from '../options/query-options.ts';
import { settingsOptions } from '../options/settings-options.ts';
import { formatChoice } from '../output/format-choice.ts';
import { readListing } from '../read-listing.ts';
import { isTabular, writeRows } from '../output/write-rows.ts';

const columns = ['property', 'value', 'id', 'userPrincipalName'];

/** Prints the values that several users have: in tabular formats a row for each user, in JSON an object per value. */
export const usersDuplicates = defineCommand({
  options: {
    by: {
      kind: 'list',
      placeholder: 'A,B',
      describe: 'Properties whose values should be unique; case is ignored',
    },
    ...collectionOptions,
    ...filterOptions,
    ...parallelOptions,
    ...formatOptions,
    ...proofOptions,
    ...settingsOptions,
  },
  examples: [
    ['users duplicates --by mail,proxyAddresses,employeeId', 'Find addresses and IDs in use twice'],
    [
      'users duplicates --by displayName --filter "userType eq \'Member\'" -o csv',
      'List members with the same name',
    ],
  ],
  async run(args, context) {
    if (args.by === undefined)
      throw new UsageError(
        'users duplicates requires --by.',
        'Example: rollcall users duplicates --by mail,employeeId.',
      );
    const { select: by = [] } = spelledQuery({ select: args.by });
    const { console } = context;
    const format = formatChoice(args, console);
    const { findDuplicateUsers } = await context.core();
    const found = await readListing(args, [...by, 'userPrincipalName'], context, (listing) =>
      findDuplicateUsers(listing, by),
    );
    const rows = isTabular(format)
      ? found.flatMap(({ property, value, users }) =>
          users.map(({ id, userPrincipalName }) => ({ property, value, id, userPrincipalName })),
        )
      : found.map(({ property, value, users }) => ({ property, value, users }));
    await writeRows(rows, columns, format, console);
  },
});
