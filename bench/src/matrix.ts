import { join } from 'node:path';

import { type Client, type ClientName, clients, createWorkFolder } from './clients.ts';
import { countUsers } from './count-users.ts';
import { type Cost, measuredRun } from './measured-run.ts';
import { type SandboxProcess, type Served, startSandboxProcess } from './sandbox-process.ts';
import { type Spread, spreadOf } from './statistics.ts';

export interface MatrixOptions {
  readonly sizes: readonly number[];
  /** Milliseconds before each response. */
  readonly latencies: readonly number[];
  readonly clients: readonly ClientName[];
  readonly rounds: number;
  /** A client that would take longer for one listing is left out, in seconds. */
  readonly longest: number;
}

/** One client at one size and latency. */
export interface MatrixCell {
  readonly client: ClientName;
  readonly users: number;
  readonly latency: number;
  /** Why there are no figures. */
  readonly skipped?: string;
  readonly runs?: number;
  readonly wallSeconds?: Spread;
  readonly cpuSeconds?: Spread;
  readonly peakMegabytes?: Spread;
  readonly requests?: number;
  readonly resourceUnits?: number;
  /** The processor time of the sandbox in the same runs. */
  readonly sandboxCpuSeconds?: Spread;
}

type Sample = Cost & Pick<Served, 'requests' | 'resourceUnits'> & { readonly sandboxCpu: number };

/** Tenants above this size are listed once by each client, without a run that is not counted. */
const oneRoundFrom = 500_000;

function cellOf(samples: readonly Sample[]): Partial<MatrixCell> {
  const [last] = samples;
  const spread = (key: keyof Sample) => spreadOf(samples.map((taken) => taken[key]));
  return {
    runs: samples.length,
    wallSeconds: spread('wallSeconds'),
    cpuSeconds: spread('cpuSeconds'),
    peakMegabytes: spread('peakMegabytes'),
    requests: last?.requests ?? 0,
    resourceUnits: last?.resourceUnits ?? 0,
    sandboxCpuSeconds: spread('sandboxCpu'),
  };
}

async function sample(
  client: Client,
  sandbox: SandboxProcess,
  users: number,
  folder: string,
): Promise<Sample> {
  const output = join(folder, 'users.json');
  await sandbox.served();
  const sandboxCpu = sandbox.cpuSeconds();
  const cost = await measuredRun(client.program(sandbox, folder), output);
  const used = sandbox.cpuSeconds() - sandboxCpu;
  const { requests, resourceUnits } = await sandbox.served();
  const listed = await countUsers(output);
  if (listed !== users) throw new Error(`${client.title} listed ${listed} of ${users} users`);
  return { ...cost, requests, resourceUnits, sandboxCpu: used };
}

/** Estimates the seconds of one listing from the smaller tenants that the client has listed. */
function estimate(
  cells: readonly MatrixCell[],
  client: ClientName,
  users: number,
  latency: number,
) {
  const own = cells.filter((cell) => cell.client === client && cell.wallSeconds !== undefined);
  const largest = own.findLast((cell) => cell.latency === 0);
  const without = ((largest?.wallSeconds?.median ?? 0) * users) / (largest?.users ?? users);
  const isSequential = client !== 'rollcall';
  const waits = isSequential ? (users / clients[client].pageSize) * (latency / 1_000) : 0;
  return without + waits;
}

/** Runs the clients alternately and returns the figures of each. */
export async function runMatrix(
  options: MatrixOptions,
  report: (text: string) => void,
): Promise<readonly MatrixCell[]> {
  const cells: MatrixCell[] = [];
  for (const users of options.sizes) {
    await using sandbox = await startSandboxProcess(users);
    await using folder = await createWorkFolder();
    const rounds = users >= oneRoundFrom ? 1 : options.rounds;
    const ready = new Map<ClientName, Client>();
    for (const name of options.clients) {
      const client: Client = clients[name];
      const skipped = client.missing();
      if (skipped === undefined) {
        client.prepare?.(sandbox, folder.path);
        ready.set(name, client);
      } else
        for (const latency of options.latencies)
          cells.push({ client: name, users, latency, skipped });
    }
    // The first listing fills the caches of the sandbox.
    await sample(clients['raw-loop'], sandbox, users, folder.path);
    for (const latency of options.latencies) {
      await sandbox.setLatency(latency);
      const samples = new Map<ClientName, Sample[]>();
      for (const name of ready.keys()) {
        const seconds = estimate(cells, name, users, latency);
        if (seconds <= options.longest) samples.set(name, []);
        else
          cells.push({
            client: name,
            users,
            latency,
            skipped: `about ${Math.round(seconds)} s, not run`,
          });
      }
      for (let round = 0; round < rounds; round += 1)
        for (const [name, taken] of round % 2 === 0 ? samples : [...samples].toReversed()) {
          const taking = await sample(clients[name], sandbox, users, folder.path);
          taken.push(taking);
          report(
            `${users} users, ${latency} ms, ${name}: ${taking.wallSeconds.toFixed(1)} s, CPU ${taking.cpuSeconds.toFixed(1)} s`,
          );
        }
      for (const [client, taken] of samples)
        cells.push({ client, users, latency, ...cellOf(taken) });
    }
  }
  return cells;
}
