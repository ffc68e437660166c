import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Client, type ClientName, clients, createWorkFolder } from './clients.ts';
import { countUsers } from './count-users.ts';
import { type Program, type Run, tryRun } from './measured-run.ts';
import { type Relay, startRelay } from './relay.ts';
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts';

/** What one client did in the outage. */
export interface OutageRow {
  readonly client: string;
  /** Users in its output at the end. */
  readonly users: number;
  readonly isComplete: boolean;
  /** How often it was started, the first time included. */
  readonly starts: number;
  readonly wallSeconds: number;
  /** Requests to Graph, those of earlier starts included. */
  readonly requests: number;
  /** The last error that it printed. */
  readonly error?: string;
}

/** The outage that was reported: 11 minutes, at page 532 of 340,000 users in pages of 100. */
const reported = { users: 340_000, page: 532, pageSize: 100, seconds: 660 };
/** Times by which the outage is shortened. */
export const shortened = 20;
export const latency = 100;
/** Resource units per 10 seconds. */
export const quota = 1_000;
const mostStarts = 20;

interface Scene {
  readonly users: number;
  /** The share of the listing after which the outage begins. */
  readonly share: number;
  readonly outageSeconds: number;
  readonly sandbox: SandboxProcess;
  readonly relay: Relay;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts the outage after `requests` requests, and ends it when it has lasted long enough. */
async function outage(
  { sandbox, relay, outageSeconds }: Scene,
  requests: number,
  ended: AbortSignal,
): Promise<void> {
  while ((await sandbox.requests()) < requests) {
    // The client has failed before.
    if (ended.aborted) return;
    await sleep(10);
  }
  await relay.cut();
  // Nothing is left to see when the client has ended.
  await sleep(outageSeconds * 1_000, undefined, { signal: ended }).catch(() => {});
  await relay.restore();
}

function lastError({ code, stderr }: Run): string | undefined {
  if (code === 0) return undefined;
  const lines = stderr.split('\n').map((line) => line.trim());
  const error = lines.findLast((line) => /error/iu.test(line) && !line.startsWith('at '));
  return (error ?? lines.findLast((line) => line !== '') ?? `exit code ${String(code)}`).slice(
    0,
    140,
  );
}

async function row(
  client: string,
  scene: Scene,
  pageSize: number,
  work: () => Promise<{ run: Run; starts: number; output: string }>,
): Promise<OutageRow> {
  await scene.sandbox.served();
  const before = await scene.sandbox.requests();
  const begin = before + Math.round((scene.users / pageSize) * scene.share);
  const started = performance.now();
  const ended = new AbortController();
  const ending = outage(scene, begin, ended.signal);
  const { run, starts, output } = await work();
  const wallSeconds = (performance.now() - started) / 1_000;
  ended.abort();
  await ending;
  const users = await countUsers(output).catch(() => 0);
  const error = lastError(run);
  return {
    client,
    users,
    isComplete: run.code === 0 && users === scene.users,
    starts,
    wallSeconds,
    requests: (await scene.sandbox.served()).requests,
    ...(error === undefined ? {} : { error }),
  };
}

/** A client without a way to continue runs once. */
function otherRow(name: ClientName, scene: Scene): Promise<OutageRow> {
  const client: Client = clients[name];
  const output = join(scene.folder, `${name}.ndjson`);
  const program = client.program(scene.sandbox, scene.folder);
  const env = { ...program.env, ...scene.env };
  return row(client.title, scene, client.pageSize, async () => ({
    run: await tryRun({ ...program, env }, output),
    starts: 1,
    output,
  }));
}

/** rollcall is started again with --resume when it has ended with an error, or was killed. */
function rollcallRow(title: string, scene: Scene, killedAfter: number | undefined) {
  return row(title, scene, 999, async () => {
    const output = join(scene.folder, `rollcall-${killedAfter ?? 'once'}.ndjson`);
    const base = clients.rollcall.program(scene.sandbox);
    const program = (more: readonly string[]): Program => ({
      ...base,
      args: [...base.args, '--out', output, ...more],
      env: scene.env,
    });
    const text = join(scene.folder, 'stdout.txt');
    const signal = killedAfter === undefined ? undefined : AbortSignal.timeout(killedAfter * 1_000);
    let run = await tryRun(program([]), text, signal === undefined ? {} : { signal });
    let starts = 1;
    for (; run.code !== 0 && starts < mostStarts; starts += 1) {
      await sleep(1_000);
      run = await tryRun(program(['--resume']), text);
    }
    return { run, starts, output };
  });
}

async function throughRelay(
  sandbox: SandboxProcess,
  relay: Relay,
  folder: string,
): Promise<SandboxProcess> {
  const parameters = join(folder, 'parameters.json');
  const text = await readFile(sandbox.parameters, 'utf8');
  const origin = `https://localhost:${relay.port}`;
  await writeFile(parameters, text.replaceAll(sandbox.url, origin), { mode: 0o600 });
  return { ...sandbox, parameters };
}

/**
 * Replays the reported outage for each client.
 * @param scale divides the number of users and the length of the outage
 */
export async function measureOutage(
  scale: number,
  report: (text: string) => void,
): Promise<readonly OutageRow[]> {
  const users = Math.round(reported.users / scale);
  await using folder = await createWorkFolder();
  await using sandbox = await startSandboxProcess(users, ['--quota', String(quota)]);
  const flag = join(folder.path, 'outage');
  await using relay = await startRelay(Number(new URL(sandbox.url).port), flag);
  await sandbox.setLatency(latency);
  const preload = join(import.meta.dirname, '../clients/outage-preload.mjs');
  const scene: Scene = {
    users,
    share: (reported.page * reported.pageSize) / reported.users,
    outageSeconds: reported.seconds / shortened / Math.min(scale, 4),
    sandbox: await throughRelay(sandbox, relay, folder.path),
    relay,
    folder: folder.path,
    env: { BENCH_OUTAGE: flag, NODE_OPTIONS: `--import ${preload}` },
  };
  const rows: OutageRow[] = [];
  const add = (taken: OutageRow) => {
    rows.push(taken);
    report(
      `${taken.client}: ${taken.isComplete ? 'complete' : 'incomplete'}, ${taken.users} users, ${taken.starts} starts, ${taken.wallSeconds.toFixed(0)} s ${taken.error ?? ''}`,
    );
  };
  add(await rollcallRow('rollcall', scene, undefined));
  add(await rollcallRow('rollcall, killed in the outage', scene, scene.outageSeconds / 2));
  for (const name of ['node-sample', 'graph-client', 'kiota', 'python'] as const) {
    const client: Client = clients[name];
    const skipped = client.missing();
    if (skipped === undefined) add(await otherRow(name, scene));
    else report(`${client.title}: ${skipped}`);
  }
  return rows;
}
