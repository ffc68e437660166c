import { describeEvent } from '@rollcall/core';
import { onTestFinished } from 'vitest';

import { serverEvents } from '../observability/server-events.ts';
import { startServer, type RunningServer, type ServerOptions } from '../start-server.ts';
import {
  createMemoryDirectory,
  type MemoryDirectory,
  type MemoryOptions,
} from './memory-directory.ts';

export interface TestServer {
  readonly server: RunningServer;
  readonly directory: MemoryDirectory;
  readonly logged: {
    readonly level: string;
    readonly event: string;
    readonly fields: Readonly<Record<string, string | number | boolean>>;
  }[];
  readonly get: (path: string, init?: RequestInit) => Promise<Response>;
}

/** A server over a directory in memory, on a free port; cut when the test ends. */
export async function startTestServer(
  options: MemoryOptions & Partial<Omit<ServerOptions, 'directory' | 'log' | 'port'>>,
): Promise<TestServer> {
  const directory = createMemoryDirectory(options);
  const logged: TestServer['logged'] = [];
  const server = await startServer({
    ...options,
    // Tests count the reads of the directory.
    limits: { cacheAge: 0, ...options.limits },
    directory,
    port: 0,
    log(event, given) {
      const { level, fields } = describeEvent(serverEvents, event, given);
      logged.push({ level, event, fields });
    },
  });
  onTestFinished(async () => {
    server.cut();
    await server.drain();
  });
  return {
    server,
    directory,
    logged,
    get: async (path, init) => fetch(`${server.url}${path}`, init),
  };
}
