import { resolve } from 'node:path';

import type { ExportDiff, ExportFile, UserDifference } from '@rollcall/core';
import { bytesOf, type FormatName, formats } from '@rollcall/core/command-line';

import { type ArgumentsOf, defineCommand } from '../arguments/command.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Context } from '../context.ts';
import { formatOptions, shapeOptions } from '../options/output-options.ts';
import { formatChoice } from '../output/format-choice.ts';
import { keepHeapSmall } from '../process/small-heap.ts';
import type { Console } from '../terminal/console.ts';

const group = 'Comparison';

const options = {
  only: {
    kind: 'list',
    placeholder: 'A,B',
    describe: 'Compare these properties only',
    group,
  },
  ignore: {
    kind: 'list',
    placeholder: 'A,B',
    describe: 'Do not compare these properties',
    group,
  },
  'exit-code': { kind: 'flag', describe: 'Exit with 1 if there are differences', group },
  'old-receipt': {
    kind: 'text',
    placeholder: 'FILE',
    describe: 'Receipt of the older export (default: its name with .receipt.json)',
    group,
  },
  'new-receipt': {
    kind: 'text',
    placeholder: 'FILE',
    describe: 'Receipt of the newer export (default: its name with .receipt.json)',
    group,
  },
  'allow-unverified': {
    kind: 'flag',
    describe: 'Compare exports that no receipt proves complete',
    group,
  },
  'allow-unrelated': {
    kind: 'flag',
    describe: 'Compare exports of different tenants or queries',
    group,
  },
  ...formatOptions,
  'csv-raw': shapeOptions['csv-raw'],
  'csv-bom': shapeOptions['csv-bom'],
  'no-header': shapeOptions['no-header'],
} as const;

type DiffArguments = ArgumentsOf<typeof options>;

/** The columns of tabular formats: a row for each property that changed, and one for each user added or removed. */
const columns = ['change', 'id', 'user', 'property', 'old', 'new'] as const;

/** The number of differences that are formatted at a time. Tables take the widths of their columns from the first. */
const batchSize = 200;

function nameOf({ user }: UserDifference): unknown {
  return user['userPrincipalName'] ?? user['displayName'] ?? '';
}

/** A row of a tabular format, or an object of a JSON format. Sinks write every property of what they get. */
interface Row {
  readonly id: string;
  readonly [property: string]: unknown;
}

function rowsOf(difference: UserDifference): readonly Row[] {
  const { change, id } = difference;
  const user = nameOf(difference);
  if (difference.change !== 'changed') return [{ change, id, user }];
  return Object.entries(difference.changes).map(([property, values]) => ({
    change,
    id,
    user,
    property,
    old: values.old,
    new: values.new,
  }));
}

/** In JSON formats a changed user has its name and its changes; an added or removed one has all its properties. */
function objectOf(difference: UserDifference): Row {
  if (difference.change !== 'changed') return { ...difference };
  const { change, id, changes } = difference;
  return { change, id, user: nameOf(difference), changes };
}

async function writeDifferences(
  diff: ExportDiff,
  format: FormatName,
  args: DiffArguments,
  console: Console,
): Promise<void> {
  const isTabular = formats[format].defaultColumns !== undefined || format === 'table';
  const sink = formats[format].createSink({
    columns: isTabular ? columns : undefined,
    raw: args['csv-raw'],
    ...(args['csv-bom'] && format === 'csv' ? { bom: true } : {}),
    ...(args['no-header'] ? { header: false } : {}),
    width: console.outIsTerminal ? console.width : undefined,
  });
  let head = sink.head();
  let batch: Row[] = [];
  async function flush(): Promise<void> {
    for (const piece of bytesOf([head, ...sink.page(batch)])) await console.write(piece);
    head = '';
    batch = [];
  }
  for await (const difference of diff.differences()) {
    batch.push(...(isTabular ? rowsOf(difference) : [objectOf(difference)]));
    if (batch.length >= batchSize) await flush();
  }
  await flush();
  await console.write(sink.tail());
}

/** Writes the number of differences to stderr, and the properties that could not be compared. */
function reportCounts({ counts, uncompared }: ExportDiff, console: Console): void {
  const counted = new Intl.NumberFormat('en-US');
  const parts = Object.entries(counts).map(([what, count]) => `${counted.format(count)} ${what}`);
  console.say({
    level: 'info',
    event: 'users-compared',
    text: `Users: ${parts.join(', ')}.`,
    facts: counts,
  });
  if (uncompared.length === 0) return;
  console.say({
    level: 'warn',
    event: 'properties-not-compared',
    text: `${console.paint('warning', 'warning:')} Only one of the exports has ${uncompared.join(', ')}: not compared.`,
    facts: { properties: uncompared },
  });
}

function exportFile(path: string, receipt: string | undefined, { cwd }: Context): ExportFile {
  return {
    path: resolve(cwd, path),
    receipt: receipt === undefined ? undefined : resolve(cwd, receipt),
  };
}

export const usersDiff = defineCommand({
  positional: { name: 'export', describe: 'The older export, then the newer one', many: true },
  options,
  examples: [
    ['users diff monday.csv friday.csv', 'Show the users that were added, removed or changed'],
    [
      'users diff monday.json friday.json --only department,manager -o csv',
      'List who moved to another department or manager',
    ],
    [
      'users diff old.csv new.csv --ignore signInActivity --exit-code',
      'For a script: the exit code is 1 if there are differences',
    ],
  ],
  async run({ export: paths, ...args }, context) {
    const { console, signal } = context;
    const [older, newer, ...others] = paths;
    if (older === undefined || newer === undefined || others.length > 0)
      throw new UsageError(
        `users diff compares two exports; ${paths.length} ${paths.length === 1 ? 'is' : 'are'} given.`,
        'Example: rollcall users diff monday.csv friday.csv.',
      );
    keepHeapSmall();
    const { diffExports } = await context.core();
    const format = formatChoice(args, console);
    await using diff = await diffExports(
      exportFile(older, args['old-receipt'], context),
      exportFile(newer, args['new-receipt'], context),
      {
        only: args.only,
        ignore: args.ignore,
        allowUnverified: args['allow-unverified'],
        allowUnrelated: args['allow-unrelated'],
        signal,
      },
    );
    await writeDifferences(diff, format, args, console);
    reportCounts(diff, console);
    const { added, removed, changed } = diff.counts;
    return args['exit-code'] && added + removed + changed > 0 ? 1 : 0;
  },
});
