import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get, type Agent, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

import type { SandboxProcess } from '../sandbox-process.ts';

const main = join(import.meta.dirname, '../../../packages/server/dist/main.js');

export interface RequestOptions {
  readonly agent?: Agent | undefined;
  /** The address of the caller: the server limits the streams of one address. */
  readonly localAddress?: string | undefined;
}

/** The built server in its own process, over plain HTTP on loopback. */
export interface ServerProcess extends AsyncDisposable {
  /** Sends a request and resolves with the head of its response. */
  get(path: string, options?: RequestOptions): Promise<IncomingMessage>;
  /** The resident set, in MB: now, and the largest one so far. */
  memory(): { readonly now: number; readonly peak: number };
  /** Requests that routes are answering, by `/metrics`. */
  inProgress(): Promise<number>;
}

/** Reads a response to its end and returns its bytes. */
export async function lengthOf(response: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  return bytes;
}

/** Starts the built server for the tenant of a sandbox. */
export async function startServerProcess(sandbox: SandboxProcess): Promise<ServerProcess> {
  const flags = ['--config', sandbox.parameters, '--ca', sandbox.caFile, '--port', '0'];
  const child = spawn(process.execPath, [main, ...flags, '--log-level', 'error'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const first = await lines[Symbol.asyncIterator]().next();
  const { url } = JSON.parse(first.value as string) as { readonly url: string };
  const { hostname, port } = new URL(url);
  const send: ServerProcess['get'] = async (path, options = {}) => {
    const request = get({ ...options, hostname, port, path });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return response;
  };
  return {
    get: send,
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const [now = 0, peak = 0] = ['VmRSS', 'VmHWM'].map((name) =>
        Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`, 'u').exec(status)?.[1]) / 1024),
      );
      return { now, peak };
    },
    async inProgress() {
      const body = await text(await send('/metrics'));
      const values = body.matchAll(
        /^rollcall_requests_in_progress\{route="(?<route>[^"]+)"\} (?<value>\d+)$/gmu,
      );
      let sum = 0;
      for (const { groups } of values)
        if (groups?.['route'] !== '/metrics') sum += Number(groups?.['value']);
      return sum;
    },
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
