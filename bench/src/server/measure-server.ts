/**
 * Measures the built server over a sandbox on the same machine, and prints one JSON object per figure: memory with and
 * without streams, `/livez` while pages are read, and what client aborts leave behind. Run `npm run build` first.
 */
import { Agent } from 'node:http';

import { startSandboxProcess } from '../sandbox-process.ts';
import { lengthOf, startServerProcess, type ServerProcess } from './server-process.ts';

const users = Number(process.argv[2] ?? 100_000);
/** All streams that the server allows, from as many addresses as that needs. */
const streams = 12;
const streamsPerAddress = 8;

function report(what: string, figures: Readonly<Record<string, number>>): void {
  process.stdout.write(`${JSON.stringify({ what, users, ...figures })}\n`);
}

function highest(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

async function measureStreams(server: ServerProcess, count: number): Promise<void> {
  const started = performance.now();
  const bytes = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const localAddress = `127.0.0.${1 + Math.floor(index / streamsPerAddress)}`;
      return lengthOf(await server.get('/users.ndjson?$select=id,displayName', { localAddress }));
    }),
  );
  const { peak, now } = server.memory();
  report(`${count} streams at once`, {
    seconds: Math.round((performance.now() - started) / 100) / 10,
    megabytesSent: Math.round(bytes.reduce((sum, each) => sum + each, 0) / 1e6),
    peakMegabytes: peak,
    megabytesAfterwards: now,
  });
}

async function measureLivez(server: ServerProcess): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const reading = new AbortController();
  const pages = Promise.all(
    Array.from({ length: 120 }, async (_, index) => {
      // From three addresses, and each with a query of its own, so that equal reads are not sent once.
      const localAddress = `127.0.0.${1 + (index % 3)}`;
      const path = `/v1.0/users?$top=999&$filter=startswith(userPrincipalName,'${String.fromCharCode(97 + (index % 26))}')`;
      const response = await server.get(path, { localAddress });
      await lengthOf(response);
      return response.statusCode;
    }),
  ).finally(() => reading.abort());
  const times: number[] = [];
  while (!reading.signal.aborted) {
    const started = performance.now();
    await lengthOf(await server.get('/livez', { agent }));
    times.push(performance.now() - started);
  }
  const answered = (await pages).filter((status) => status === 200).length;
  agent.destroy();
  report('/livez during 120 pages of 999', {
    answered,
    probes: times.length,
    medianMs: highest(times, 0.5),
    p99Ms: highest(times, 0.99),
    highestMs: highest(times, 1),
  });
}

async function measureAborts(server: ServerProcess): Promise<void> {
  const before = server.memory().now;
  const count = 1_000;
  for (let done = 0; done < count; done += streamsPerAddress)
    await Promise.all(
      Array.from({ length: streamsPerAddress }, async () => {
        const response = await server.get('/users.ndjson');
        response.destroy();
      }),
    );
  const started = performance.now();
  while ((await server.inProgress()) > 0);
  report(`${count} aborted streams`, {
    msUntilNoneRuns: Math.round(performance.now() - started),
    megabytesBefore: before,
    megabytesAfterwards: server.memory().now,
  });
}

await using sandbox = await startSandboxProcess(users);
await using server = await startServerProcess(sandbox);
await lengthOf(await server.get('/readyz'));
report('idle', { megabytes: server.memory().now });
await measureStreams(server, 1);
await measureStreams(server, streams);
await measureLivez(server);
await measureAborts(server);
