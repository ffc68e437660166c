import { clients } from './clients.ts';
import type { MatrixCell } from './matrix.ts';
import type { NumberRow } from './numbers.ts';
import { latency, type OutageRow, quota, shortened } from './outage.ts';
import type { StartUpRow } from './start-up.ts';
import type { Spread } from './statistics.ts';

/** The results of one part, with date and machine. */
export interface Part<Row> {
  readonly date: string;
  readonly machine: string;
  readonly rows: readonly Row[];
}

/** The results of all parts; a part that never ran is absent. */
export interface Results {
  readonly startUp: Part<StartUpRow> | undefined;
  readonly clients: Part<MatrixCell> | undefined;
  readonly numbers: Part<NumberRow> | undefined;
  readonly outage: Part<OutageRow> | undefined;
}

type Cells = readonly (string | number)[];

function table(head: readonly string[], rows: readonly Cells[]): string {
  const line = (cells: Cells) => `| ${cells.join(' | ')} |\n`;
  return `${line(head)}${line(head.map(() => '---'))}${rows.map(line).join('')}`;
}

function shown({ median, lowest, highest }: Spread, digits: number): string {
  const text = median.toFixed(digits);
  if (lowest === highest) return text;
  return `${text} (${lowest.toFixed(digits)}–${highest.toFixed(digits)})`;
}

function section<Row>(
  title: string,
  part: Part<Row> | undefined,
  text: string,
  rows: (rows: readonly Row[]) => string,
): string {
  if (part === undefined) return `## ${title}\n\nNot measured yet.\n`;
  return `## ${title}\n\n${part.date}; ${part.machine}. ${text}\n\n${rows(part.rows)}`;
}

const mark = (isMet: boolean): string => (isMet ? 'met' : '**missed**');

function numberTable(rows: readonly NumberRow[]): string {
  return table(
    ['what', 'target', 'measured', ''],
    rows.map(({ what, target, measured, isMet }) => [what, target, measured, mark(isMet)]),
  );
}

function startUpTable(rows: readonly StartUpRow[]): string {
  return table(
    ['what', 'ratio', 'target', '', 'ms', 'ms of the reference'],
    rows.map(({ what, target, ratio, milliseconds, reference }) => [
      what,
      ratio.toFixed(2),
      `at most ${target}`,
      mark(ratio <= target),
      shown(milliseconds, 0),
      shown(reference, 0),
    ]),
  );
}

function clientCells({ client, skipped, ...cell }: MatrixCell, loop: Spread | undefined): Cells {
  const { wallSeconds, cpuSeconds, peakMegabytes, sandboxCpuSeconds } = cell;
  const name = clients[client].title;
  if (wallSeconds === undefined || cpuSeconds === undefined || peakMegabytes === undefined)
    return [name, skipped ?? 'not run', '', '', '', '', '', ''];
  const ratio = loop === undefined ? '' : (wallSeconds.median / loop.median).toFixed(2);
  return [
    name,
    shown(wallSeconds, 1),
    ratio,
    shown(cpuSeconds, 1),
    shown(peakMegabytes, 0),
    cell.requests ?? '',
    cell.resourceUnits ?? '',
    sandboxCpuSeconds === undefined ? '' : shown(sandboxCpuSeconds, 1),
  ];
}

function clientTables(rows: readonly MatrixCell[]): string {
  const groups = Map.groupBy(rows, ({ users, latency: wait }) => `${users} ${wait}`);
  return [...groups.values()]
    .map((cells) => {
      const [{ users, latency: wait } = { users: 0, latency: 0 }] = cells;
      const order = Object.keys(clients);
      const sorted = cells.toSorted(
        (one, other) => order.indexOf(one.client) - order.indexOf(other.client),
      );
      const loop = cells.find(({ client }) => client === 'parse-loop')?.wallSeconds;
      const runs = Math.max(...cells.map((cell) => cell.runs ?? 0));
      return [
        `### ${users.toLocaleString('en')} users, ${wait} ms per response\n`,
        `${runs === 1 ? 'One run' : `Median of ${runs} runs (lowest–highest)`}.\n`,
        table(
          [
            'client',
            'wall s',
            'of the parse loop',
            'CPU s',
            'peak MB',
            'requests',
            'units',
            'sandbox CPU s',
          ],
          sorted.map((cell) => clientCells(cell, loop)),
        ),
      ].join('\n');
    })
    .join('\n');
}

function outageTable(rows: readonly OutageRow[]): string {
  return table(
    ['client', 'result', 'users', 'starts', 'seconds', 'requests', 'last error'],
    rows.map(({ client, isComplete, users, starts, wallSeconds, requests, error }) => [
      client,
      isComplete ? 'complete' : '**incomplete**',
      users.toLocaleString('en'),
      starts,
      wallSeconds.toFixed(0),
      requests,
      (error ?? '').replaceAll('|', '\\|'),
    ]),
  );
}

/** Returns the text of RESULTS.md. */
export function reportText({ startUp, clients: matrix, numbers, outage }: Results): string {
  return [
    '# Results of the benchmark\n\nWritten by `npm run bench`; [README.md](README.md) says what is measured and how. Figures are of runs that alternate on one machine,\nso that ratios say more than seconds. Client and sandbox share the processors, with other programs of the machine: the wall times of\nlistings that wait for the processor, such as those without latency, vary by a factor of two.\n',
    section(
      'Targets',
      numbers,
      'One run each. The parse loop follows next links with undici at 999 users per page, parses each page and writes each user; the raw loop does not parse.',
      numberTable,
    ),
    section(
      'Start',
      startUp,
      'Runs alternate; the ratio is that of the lowest times. The reference is bare Node (`node -e 0`), and for one page of users a script that imports yargs, zod, MSAL and undici.',
      startUpTable,
    ),
    section(
      'Clients',
      matrix,
      'Every output was checked: each client has listed every user. Processor time is user and system time of the client; units are resource units of Graph as the sandbox counts them.',
      clientTables,
    ),
    section(
      'Outage',
      outage,
      `The reported case: 340,000 users, and an outage of DNS of 11 minutes at page 532. The outage is ${shortened} times shorter and begins after the same share of the users; all connections break, and neither names nor connections work until it ends. ${latency} ms per response, ${quota.toLocaleString('en')} resource units per 10 s. A client that stops must be started again by its user: rollcall continues with \`--resume\`, the others start over.`,
      outageTable,
    ),
  ].join('\n');
}
