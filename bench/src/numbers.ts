import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Client, clients, createWorkFolder, rollcallProgram } from './clients.ts';
import { countUsers } from './count-users.ts';
import { type Cost, measuredRun, type Program } from './measured-run.ts';
import { type SandboxProcess, type Served, startSandboxProcess } from './sandbox-process.ts';

/** One number of the target table, and what was measured for it. */
export interface NumberRow {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly isMet: boolean;
}

/** One listing by rollcall, with its receipt. */
interface Listing extends Cost, Served {
  readonly pages: number;
  readonly strategy: string;
}

const pageSize = 999;
/** The most requests at a time that rollcall chooses by itself. */
const mostWorkers = 64;

async function run(
  program: Program,
  sandbox: SandboxProcess,
  users: number,
): Promise<Cost & Served> {
  await using folder = await createWorkFolder();
  const output = join(folder.path, 'users.ndjson');
  await sandbox.served();
  const cost = await measuredRun(program, output);
  const served = await sandbox.served();
  const listed = await countUsers(output);
  if (listed !== users) throw new Error(`${program.main} listed ${listed} of ${users} users`);
  return { ...cost, ...served };
}

async function list(
  sandbox: SandboxProcess,
  users: number,
  flags: readonly string[] = [],
): Promise<Listing> {
  await using folder = await createWorkFolder();
  const file = join(folder.path, 'receipt.json');
  const cost = await run(rollcallProgram(sandbox, ['--receipt', file, ...flags]), sandbox, users);
  const { pages, strategy } = JSON.parse(await readFile(file, 'utf8')) as Listing;
  return { ...cost, pages, strategy };
}

function runLoop(name: 'raw-loop' | 'parse-loop', sandbox: SandboxProcess, users: number) {
  const client: Client = clients[name];
  return run(client.program(sandbox, ''), sandbox, users);
}

const seconds = (value: number): string => `${value.toFixed(1)} s`;

/** Compares a parallel listing with the time that latency takes of the parse loop. */
async function latencyRows(users: number, latency: number, times: number): Promise<NumberRow[]> {
  await using sandbox = await startSandboxProcess(users);
  await runLoop('raw-loop', sandbox, users);
  const { wallSeconds: without, requests } = await runLoop('parse-loop', sandbox, users);
  await sandbox.setLatency(latency);
  const listing = await list(sandbox, users);
  const loop = without + (requests * latency) / 1_000;
  const factor = loop / listing.wallSeconds;
  const bound = ((Math.ceil(listing.pages / mostWorkers) + 2) * latency) / 1_000;
  const what = `${users.toLocaleString('en')} users, ${latency} ms per response`;
  return [
    {
      what: `${what}: speed against the parse loop`,
      target: `at least ${times} times faster`,
      measured: `${factor.toFixed(1)} times (${seconds(listing.wallSeconds)}; the loop needs ${seconds(loop)}: its time without latency, and ${requests} waits)`,
      isMet: factor >= times,
    },
    {
      what: `${what}: time against (⌈pages / workers⌉ + 2) × latency`,
      target: 'at most 1.5',
      measured: `${(listing.wallSeconds / bound).toFixed(2)} (${listing.pages} pages, ${mostWorkers} workers, ${listing.strategy})`,
      isMet: listing.wallSeconds <= bound * 1.5,
    },
  ];
}

/** Compares listings under a quota with the time that latency and quota allow. */
async function quotaRows(users: number, latency: number, quota: number): Promise<NumberRow[]> {
  await using sandbox = await startSandboxProcess(users, ['--quota', String(quota)]);
  await sandbox.setLatency(latency);
  const listing = await list(sandbox, users);
  const pages = Math.ceil(users / pageSize);
  const waves = ((Math.ceil(pages / mostWorkers) + 2) * latency) / 1_000;
  // The units of the first 10 seconds can be used at once.
  const units = Math.max(0, (listing.resourceUnits / quota - 1) * 10);
  const allowed = Math.max(waves, units);
  const refused = listing.refused / listing.requests;
  const what = `${users.toLocaleString('en')} users, ${latency} ms, quota of ${quota} units per 10 s`;
  return [
    {
      what: `${what}: time against what latency and quota allow`,
      target: 'at most 1.3',
      measured: `${(listing.wallSeconds / allowed).toFixed(2)} (${seconds(listing.wallSeconds)} of ${seconds(allowed)}, ${listing.resourceUnits} units)`,
      isMet: listing.wallSeconds <= allowed * 1.3,
    },
    {
      what: `${what}: refused requests, requests before Retry-After`,
      target: 'under 1 %, 0',
      measured: `${(refused * 100).toFixed(1)} % (${listing.refused} of ${listing.requests}), ${listing.earlyReturns}`,
      isMet: refused < 0.01 && listing.earlyReturns === 0,
    },
  ];
}

/** Compares listings of skewed tenants with that of an even tenant. */
async function skewRows(users: number, latency: number): Promise<NumberRow[]> {
  const time = async (flags: readonly string[]) => {
    await using sandbox = await startSandboxProcess(users, flags);
    await runLoop('raw-loop', sandbox, users);
    await sandbox.setLatency(latency);
    return await list(sandbox, users);
  };
  const even = await time([]);
  const rows: NumberRow[] = [];
  for (const skew of ['one-prefix', 'one-second', 'half-guests']) {
    const skewed = await time(['--skew', skew]);
    const ratio = skewed.wallSeconds / even.wallSeconds;
    rows.push({
      what: `skewed tenant ${skew}, ${users.toLocaleString('en')} users, ${latency} ms: time against the even tenant`,
      target: 'at most 2',
      measured: `${ratio.toFixed(2)} (${seconds(skewed.wallSeconds)}, ${skewed.strategy})`,
      isMet: ratio <= 2,
    });
  }
  return rows;
}

/** Compares the processor time of a sequential listing with both loops, and measures memory. */
async function processorRows(users: number): Promise<NumberRow[]> {
  await using sandbox = await startSandboxProcess(users);
  await runLoop('raw-loop', sandbox, users);
  const parse = await runLoop('parse-loop', sandbox, users);
  const sequential = await list(sandbox, users, ['--parallel', 'off']);
  const raw = await runLoop('raw-loop', sandbox, users);
  const parallel = await list(sandbox, users, ['--parallel', '16']);
  const most = await list(sandbox, users);
  const what = `${users.toLocaleString('en')} users, no latency, sequential, NDJSON`;
  const ratio = sequential.cpuSeconds / parse.cpuSeconds;
  const stretch = sequential.cpuSeconds / raw.cpuSeconds;
  const memory = [sequential, parallel, most].map(({ peakMegabytes }) => Math.round(peakMegabytes));
  return [
    {
      what: `${what}: processor time against the parse loop`,
      target: 'at most 0.8',
      measured: `${ratio.toFixed(2)} (${seconds(sequential.cpuSeconds)} and ${seconds(parse.cpuSeconds)})`,
      isMet: ratio <= 0.8,
    },
    {
      what: `${what}: processor time against the raw loop`,
      target: 'at most 2 (stretch)',
      measured: `${stretch.toFixed(2)} (the raw loop ${seconds(raw.cpuSeconds)})`,
      isMet: stretch <= 2,
    },
    {
      what: `${what}: requests`,
      target: 'at most 1,010',
      measured: String(sequential.requests),
      isMet: sequential.requests <= 1_010,
    },
    {
      what: `${users.toLocaleString('en')} users: peak memory, sequential, 16 workers, workers by itself`,
      target: 'under 150 MB',
      measured: `${memory.join(', ')} MB`,
      isMet: memory.every((peak) => peak < 150),
    },
  ];
}

/** The groups of rows, in the order of the table. */
const groups: readonly (readonly [
  name: string,
  measure: (small: number, large: number) => Promise<NumberRow[]>,
])[] = [
  ['latency', (small) => latencyRows(small, 1_000, 15)],
  ['latency', (_, large) => latencyRows(large, 200, 20)],
  ['quota', (_, large) => quotaRows(large, 200, 8_000)],
  ['quota', (small) => quotaRows(small, 200, 300)],
  ['skew', (small) => skewRows(small, 200)],
  ['processor', (_, large) => processorRows(large)],
];

/**
 * Measures the numbers of the target table.
 * @param scale divides the sizes of the tenants
 * @param only the names of the groups: latency, quota, skew, processor
 */
export async function measureNumbers(
  scale: number,
  only: readonly string[],
  report: (text: string) => void,
): Promise<readonly NumberRow[]> {
  const rows: NumberRow[] = [];
  for (const [name, measure] of groups) {
    if (!only.includes(name)) continue;
    for (const row of await measure(100_000 / scale, 1_000_000 / scale)) {
      rows.push(row);
      report(`${row.isMet ? 'met   ' : 'MISSED'} ${row.what}: ${row.measured}`);
    }
  }
  return rows;
}
