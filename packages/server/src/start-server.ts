import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import { ListenError, SettingsError, type Clock, type Directory } from '@rollcall/core';

import { createApp } from './app.ts';
import { createGate } from './http/gate.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { watchConnections } from './http/connections.ts';
import { createLinkSeal } from './http/link-seal.ts';
import { isLoopback } from './http/loopback.ts';
import { createReadiness } from './observability/readiness.ts';
import type { ServerLog } from './observability/server-events.ts';

export interface ServerOptions {
  readonly directory: Directory;
  readonly log: ServerLog;
  /** A loopback address; 127.0.0.1 when absent. */
  readonly host?: string | undefined;
  /** 0 for any free one; 8080 when absent. */
  readonly port?: number | undefined;
  /** More names that requests may be made to, without port. */
  readonly allowedHosts?: readonly string[] | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly clock?: Pick<Clock, 'monotonic'> | undefined;
}

/** A server that listens. Disposing of it drains it; the directory stays its owner's. */
export interface RunningServer extends AsyncDisposable {
  /** Where it is reached: scheme, host and port. */
  readonly url: string;
  /** Not ready any more, no new connections; resolves when the last answer is out, or was cut after the drain limit. */
  drain(): Promise<void>;
  /** Cuts everything at once. */
  cut(): void;
}

function createNodeServer(limits: Limits, app: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: limits.head,
      requestTimeout: limits.arrival,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: Math.min(2_000, limits.head),
      maxHeaderSize: 16_384,
    },
    app,
  );
  server.maxHeadersCount = 100;
  server.maxRequestsPerSocket = 1_000;
  server.maxConnections = limits.connections;
  return server;
}

function listenError(host: string, port: number, cause: unknown): ListenError {
  const { code } = cause as { readonly code?: string };
  const why = code === 'EADDRINUSE' ? 'it is in use' : (code ?? 'the system refused');
  return new ListenError(
    `Cannot listen on ${host}, port ${port}: ${why}.`,
    'Use another port with --port, or 0 for any free port.',
    cause,
  );
}

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenError(host, port, error);
  }
  return server.address() as AddressInfo;
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * Serves a directory over HTTP, on loopback only: callers do not prove themselves yet.
 * @throws {DirectoryError} E_SETTINGS for a host that is not loopback, E_OUTPUT when the port cannot be had
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { directory, log, host = '127.0.0.1', port = 8080, allowedHosts = [] } = options;
  if (!isLoopback(host))
    throw new SettingsError([
      {
        path: 'host',
        source: '--host',
        message: 'the server listens on loopback only, because its callers do not prove themselves',
        hint: 'Use 127.0.0.1, ::1 or localhost.',
      },
    ]);

  const limits: Limits = { ...defaultLimits, ...options.limits };
  const readiness = createReadiness(
    directory,
    options.clock ?? { monotonic: () => performance.now() },
    limits,
  );
  const app = createApp(
    {
      directory,
      log,
      readiness,
      limits,
      seal: createLinkSeal(),
      gates: {
        reads: createGate(limits.reads),
        streams: createGate(limits.streams, limits.streamsPerCaller),
      },
    },
    ['localhost', '127.0.0.1', '[::1]', inUrl(host), ...allowedHosts],
  );
  const server = createNodeServer(limits, app);
  const connections = watchConnections(server);
  const address = await listen(server, host, port);

  const isCut = Promise.withResolvers<void>();
  async function close(): Promise<void> {
    readiness.drain();
    connections.closeAfterwards();
    // Load balancers see `/readyz` first, and what callers have begun to send arrives.
    await Promise.race([setTimeout(limits.announce, undefined, { ref: false }), isCut.promise]);
    const timer = globalThis.setTimeout(() => server.closeAllConnections(), limits.drain);
    try {
      await connections.close();
    } finally {
      clearTimeout(timer);
    }
  }

  let closing: Promise<void> | undefined;
  const drain = (): Promise<void> => (closing ??= close());
  return {
    url: `http://${inUrl(host)}:${address.port}`,
    drain,
    cut() {
      isCut.resolve();
      server.closeAllConnections();
    },
    [Symbol.asyncDispose]: drain,
  };
}
