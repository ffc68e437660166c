import type { Options } from '../command.ts';

const group = 'Output';

/** On commands that print users. Its choices are core's registry of formats. */
export async function formatOptions() {
  const { formats } = await import('@rollcall/core/command-line');
  return {
    output: {
      kind: 'text',
      alias: 'o',
      choices: Object.keys(formats),
      describe: 'Format; table on a terminal, else json',
      group,
    },
  } as const satisfies Options;
}

/** How much proof is asked for. */
export const proofOptions = {
  strict: {
    kind: 'flag',
    describe: 'Refuse a list that the tenant’s own count does not confirm',
    group,
  },
} as const satisfies Options;

/** On commands that people read as text and programs as JSON. */
export const jsonOptions = {
  json: { kind: 'flag', describe: 'As JSON, on a terminal too', group },
} as const satisfies Options;

/** How users look, beside the format. */
export const shapeOptions = {
  query: {
    kind: 'text',
    placeholder: 'JMESPATH',
    describe: 'Reshape each user, as in {name: displayName} or [].mail',
    group,
  },
  columns: {
    kind: 'list',
    placeholder: 'A,B',
    describe: 'Columns of csv, tsv and table, in order; also manager.displayName',
    group,
  },
  'csv-raw': {
    kind: 'flag',
    describe: 'Leave cells alone that a spreadsheet would run as formulas',
    group,
  },
} as const satisfies Options;

/** On commands that may fill a file. */
export const fileOptions = {
  out: {
    kind: 'text',
    placeholder: 'FILE',
    describe: 'Write to FILE, which gets its name once complete',
    group,
  },
  receipt: {
    kind: 'text',
    placeholder: 'FILE',
    describe: 'Write the receipt to FILE, as JSON',
    group,
  },
  resume: {
    kind: 'flag',
    describe: 'Go on with the --out FILE that an earlier run left unfinished; replaces its receipt',
    group,
  },
  force: { kind: 'flag', describe: 'Replace files that exist', group },
} as const satisfies Options;
