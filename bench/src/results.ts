import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

import { chart } from './chart.ts';
import { clients } from './clients.ts';
import type { MatrixCell } from './matrix.ts';
import type { NumberRow } from './numbers.ts';
import type { OutageRow } from './outage.ts';
import { type Part, type Results, reportText } from './report.ts';
import type { StartUpRow } from './start-up.ts';

const folder = join(import.meta.dirname, '../results');
const reportFile = join(import.meta.dirname, '../RESULTS.md');
const chartFile = join(import.meta.dirname, '../../docs/images/benchmark.svg');

/** The machine in general terms: no name of it and no path. */
function machine(): string {
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} cores, ${gigabytes} GB of memory, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

/** Stores the results of one part of the benchmark. */
export async function writeResult(part: string, rows: unknown): Promise<void> {
  await mkdir(folder, { recursive: true });
  const date = new Date().toISOString().slice(0, 10);
  const text = JSON.stringify({ date, machine: machine(), rows }, undefined, 2);
  await writeFile(join(folder, `${part}.json`), `${text}\n`);
}

async function read<Row>(part: string): Promise<Part<Row> | undefined> {
  const text = await readFile(join(folder, `${part}.json`), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  return JSON.parse(text) as Part<Row>;
}

const keyOf = ({ client, users, latency }: MatrixCell) => `${users} ${latency} ${client}`;

const bySize = (one: MatrixCell, other: MatrixCell) =>
  one.users - other.users || one.latency - other.latency;

/** Stores numbers of the target table. The other numbers, from earlier runs, are kept in their places. */
export async function addNumberResults(rows: readonly NumberRow[]): Promise<void> {
  const earlier = (await read<NumberRow>('numbers'))?.rows ?? [];
  const merged = new Map([...earlier, ...rows].map((row) => [row.what, row]));
  await writeResult('numbers', [...merged.values()]);
}

/** Stores the figures of the clients. Those of other sizes and latencies, from earlier runs, are kept. */
export async function addClientResults(cells: readonly MatrixCell[]): Promise<void> {
  const earlier = (await read<MatrixCell>('clients'))?.rows ?? [];
  const merged = new Map([...earlier, ...cells].map((cell) => [keyOf(cell), cell]));
  await writeResult('clients', [...merged.values()].toSorted(bySize));
}

/** Reads the latest results of all parts. */
export async function readResults(): Promise<Results> {
  return {
    startUp: await read<StartUpRow>('start-up'),
    clients: await read<MatrixCell>('clients'),
    numbers: await read<NumberRow>('numbers'),
    outage: await read<OutageRow>('outage'),
  };
}

/** The size and the latency that the chart shows. */
const charted = { users: 100_000, latency: 100 };

async function writeChart({ clients: matrix }: Results): Promise<void> {
  const bars = (matrix?.rows ?? [])
    .filter(({ users, latency }) => users === charted.users && latency === charted.latency)
    .flatMap(({ client, wallSeconds }) =>
      wallSeconds === undefined
        ? []
        : [
            {
              name: clients[client].title,
              value: wallSeconds.median,
              isOurs: client === 'rollcall' || client === 'sequential',
            },
          ],
    )
    .toSorted((one, other) => one.value - other.value);
  if (bars.length === 0) return;
  const title = 'Seconds to list 100,000 users, 100 ms per response';
  await writeFile(chartFile, chart(title, 's', bars));
}

/** Writes RESULTS.md and the chart, and returns the text. */
export async function writeReport(results: Results): Promise<string> {
  const text = reportText(results);
  await writeFile(reportFile, text);
  await writeChart(results);
  return text;
}
