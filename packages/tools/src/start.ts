import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Runs for `npm start`: starts a sandbox tenant in its own process, lists its users with the built command line and the
 * parameters.json of Microsoft's quickstart, and prints the receipt. All files are removed at the end.
 */
const rollcall = join(import.meta.dirname, '../../cli/dist/main.cjs');

interface Ready {
  readonly tenant: string;
  readonly url: string;
  readonly ca: string;
  readonly parameters: string;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Builds the command line and the sandbox. Prints the output of the build only if it fails. */
async function build(): Promise<void> {
  const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');
  const child = spawn(
    process.execPath,
    [nx, 'run-many', '-t', 'build', '-p', '@rollcall/cli', '@rollcall/sandbox'],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } },
  );
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The build failed:\n${output.join('')}`);
}

/** A clean environment, so that a tenant that the user has configured is not contacted by mistake. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(?:AZURE_|ROLLCALL_|CLIENT_|TENANT_|GRAPH_|AAD_|https?_proxy$)/iu.test(name),
  ),
);

print('Building …');
await build();
const folder = await mkdtemp(join(tmpdir(), 'rollcall-start-'));
const sandbox = spawn(process.execPath, [rollcall, 'sandbox', '--users', '25', '--dir', folder], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env,
});
const stopped = once(sandbox, 'exit');
// The process that started it stops it, also after an error.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => sandbox.kill());

try {
  const lines = createInterface({ input: sandbox.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), stopped])) as unknown[];
  if (typeof line !== 'string') throw new Error('The sandbox tenant did not start.');
  const ready = JSON.parse(line) as Ready;
  print(`The local mock tenant runs at ${ready.url} (tenant ${ready.tenant}).`);
  print('Its users, by: rollcall users list --config parameters.json --ca ca.pem -o table\n');
  const list = spawn(
    process.execPath,
    [rollcall, 'users', 'list', '--config', ready.parameters, '--ca', ready.ca, '-o', 'table'],
    { stdio: ['ignore', 'inherit', 'inherit'], env },
  );
  const [code] = (await once(list, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
} finally {
  sandbox.kill();
  await stopped;
  await rm(folder, { recursive: true, force: true });
}
if (process.exitCode === 0)
  print(
    '\nWith your own tenant: put its parameters.json here, and run npx rollcall users list --config parameters.json.',
  );
