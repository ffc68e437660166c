import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const worker = fileURLToPath(new URL('../../token/testing/cache-worker.ts', import.meta.url));

function start(parameters: readonly string[]): ChildProcess {
  return spawn(process.execPath, [worker, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Starts one process and gives the first line that it prints. */
export async function runWorker(...parameters: readonly string[]): Promise<string> {
  const child = start(parameters);
  let out = '';
  let problems = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (problems += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`worker exited with ${code}: ${problems}`);
  return out.trim();
}

/** Starts one that takes the lock and hangs, waits until it has it, and kills it. */
export async function killHolder(...parameters: readonly string[]): Promise<void> {
  const child = start([...parameters, 'hang']);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('close', (code) => reject(new Error(`worker exited with ${code}`)));
  });
  child.removeAllListeners('close');
  const closed = new Promise((resolve) => {
    child.once('close', resolve);
  });
  child.kill('SIGKILL');
  await closed;
}
