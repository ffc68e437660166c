import { formats } from '@rollcall/core/command-line';

import type { Options } from '../arguments/command.ts';

const group = 'Output';

/** The format option of commands that print users. Its choices are core's registry of formats. */
export const formatOptions = {
  output: {
    kind: 'text',
    alias: 'o',
    choices: Object.keys(formats),
    placeholder: 'FORMAT',
    describe: `${Object.keys(formats).join(', ')} (default: table on a terminal, else json)`,
    group,
  },
} as const satisfies Options;

/** The option that makes an unverified listing an error. */
export const proofOptions = {
  strict: {
    kind: 'flag',
    describe: 'Fail if the result does not match $count',
    group,
  },
} as const satisfies Options;

/** The option of commands that print text on a terminal and JSON to a pipe. */
export const jsonOptions = {
  json: { kind: 'flag', describe: 'Output as JSON', group },
} as const satisfies Options;

/** The options for the content of the output. */
export const shapeOptions = {
  query: {
    kind: 'text',
    placeholder: 'JMESPATH',
    describe: 'JMESPath query, applied to each user',
    group,
  },
  columns: {
    kind: 'list',
    placeholder: 'A,B',
    describe: 'Columns of csv, tsv and table, such as id,manager.mail',
    group,
  },
  explode: {
    kind: 'text',
    placeholder: 'PROPERTY',
    describe: 'Write a row for each element of a list, such as proxyAddresses',
    group,
  },
  delimiter: {
    kind: 'text',
    placeholder: 'CHAR',
    describe: 'Delimiter of csv: , ; | or a tab (default ,)',
    group,
  },
  'csv-raw': {
    kind: 'flag',
    describe: 'Do not escape cells that start with = + - @',
    group,
  },
  'csv-bom': {
    kind: 'flag',
    describe: 'Begin CSV with a byte order mark, for Excel on Windows',
    group,
  },
  'no-header': { kind: 'flag', describe: 'Omit the header of csv, tsv and table', group },
} as const satisfies Options;

/** The option that arranges users below their managers. */
export const treeOptions = {
  tree: {
    kind: 'flag',
    describe: 'Write users below their managers',
    group,
  },
} as const satisfies Options;

/** The options of commands that can write their output to a file. */
export const outOptions = {
  out: {
    kind: 'text',
    placeholder: 'FILE',
    describe: 'Write output to FILE (only created on success)',
    group,
  },
  force: { kind: 'flag', describe: 'Overwrite existing files', group },
} as const satisfies Options;

/** The options of listings that can write to a file. */
export const fileOptions = {
  ...outOptions,
  receipt: {
    kind: 'text',
    placeholder: 'FILE',
    describe: 'Write the receipt to FILE as JSON',
    group,
  },
  resume: {
    kind: 'flag',
    describe: 'Resume an interrupted export to --out FILE',
    group,
  },
} as const satisfies Options;
