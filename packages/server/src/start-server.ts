import { once } from 'node:events';
import {
  createServer,
  type RequestListener,
  type Server,
  type ServerOptions as HttpOptions,
} from 'node:http';
import { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import {
  ListenError,
  SettingsError,
  type Clock,
  type Directory,
  type SettingsIssue,
} from '@rollcall/core';

import { createApp } from './app.ts';
import { createGate } from './http/gate.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { watchConnections } from './http/connections.ts';
import { createLinkSeal } from './http/link-seal.ts';
import { isLoopback } from './http/loopback.ts';
import { parsePublicUrl, type PublicUrl } from './http/public-url.ts';
import { reloadTls } from './http/reload-tls.ts';
import { readTlsFiles, type TlsFiles, type TlsMaterial } from './http/tls-files.ts';
import type { AuditLog } from './observability/audit/audit-log.ts';
import { createMetrics, type Metrics } from './observability/metrics/create-metrics.ts';
import { createReadiness } from './observability/readiness.ts';
import type { ServerLog } from './observability/server-events.ts';
import type { Traces } from './observability/traces.ts';

export interface ServerOptions {
  readonly directory: Directory;
  readonly log: ServerLog;
  /** For `GET /metrics`, if `log` and the log of the directory change them. Otherwise requests to Graph are missing. */
  readonly metrics?: Metrics | undefined;
  /** Records every export. Its owner disposes of it, after the server. */
  readonly audit?: Pick<AuditLog, 'write'> | undefined;
  /** Traces requests. Its owner disposes of it, after the server. */
  readonly traces?: Pick<Traces, 'run'> | undefined;
  /** A loopback address; 127.0.0.1 when absent. */
  readonly host?: string | undefined;
  /** 0 for any free one; 8080 when absent. */
  readonly port?: number | undefined;
  /** More names that requests may be made to, without port. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Serves HTTPS with this certificate; plain HTTP when absent. */
  readonly tls?: TlsFiles | undefined;
  /** Where callers reach the server through a proxy: links begin with it, and its host name is allowed. */
  readonly publicUrl?: string | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly clock?: Pick<Clock, 'monotonic'> | undefined;
}

/** A server that listens. Disposing of it drains it; the directory stays its owner's. */
export interface RunningServer extends AsyncDisposable {
  /** Where it is reached: scheme, host and port. */
  readonly url: string;
  /** Reads what can change while the server runs again: the certificate of HTTPS. Problems are logged. */
  reload(): Promise<void>;
  /** Not ready any more, no new connections; resolves when the last answer is out, or was cut after the drain limit. */
  drain(): Promise<void>;
  /** Cuts everything at once. */
  cut(): void;
}

function createNodeServer(
  limits: Limits,
  app: RequestListener,
  tls: TlsMaterial | undefined,
): Server {
  const options: HttpOptions = {
    headersTimeout: limits.head,
    requestTimeout: limits.arrival,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: Math.min(2_000, limits.head),
    maxHeaderSize: 16_384,
  };
  const server =
    tls === undefined
      ? createServer(options, app)
      : createTlsServer(
          {
            ...options,
            cert: tls.cert,
            key: tls.key,
            minVersion: 'TLSv1.2',
            handshakeTimeout: limits.head,
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

/** What the options say of addresses, checked. */
interface Addresses {
  readonly tls: TlsMaterial | undefined;
  readonly publicUrl: PublicUrl | undefined;
}

/** @throws {SettingsError} with every problem of the addresses and of the certificate */
async function checkAddresses(options: ServerOptions, host: string): Promise<Addresses> {
  const issues: SettingsIssue[] = [];
  if (!isLoopback(host))
    issues.push({
      path: 'host',
      source: '--host',
      message: 'the server listens on loopback only, because its callers are not authenticated',
      hint: 'Use 127.0.0.1, ::1 or localhost.',
    });
  const publicUrl = options.publicUrl === undefined ? undefined : parsePublicUrl(options.publicUrl);
  if (typeof publicUrl === 'string')
    issues.push({
      path: 'public-url',
      source: '--public-url',
      message: publicUrl,
      hint: 'Use the URL at which callers reach the server, for example https://directory.example.com.',
    });
  let tls: TlsMaterial | undefined;
  try {
    if (options.tls !== undefined) tls = await readTlsFiles(options.tls, Date.now());
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    issues.push(...error.issues);
  }
  if (issues.length > 0 || typeof publicUrl === 'string') throw new SettingsError(issues);
  return { tls, publicUrl };
}

/**
 * Serves a directory over HTTP or HTTPS, on loopback only: callers are not authenticated.
 * @throws {DirectoryError} E_SETTINGS for invalid addresses or an invalid certificate, E_OUTPUT when the port is not
 *   available
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { directory, host = '127.0.0.1', port = 8080, allowedHosts = [] } = options;
  const { tls, publicUrl } = await checkAddresses(options, host);
  const publicNames = publicUrl === undefined ? [] : [publicUrl.hostname];
  const metrics = options.metrics ?? createMetrics();
  const log = options.metrics === undefined ? metrics.observing(options.log) : options.log;
  if (tls !== undefined) log('tls-loaded', { daysLeft: tls.daysLeft });
  if (tls?.isKeyReadable === true) log('tls-key-readable', {});

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
      metrics,
      audit: options.audit,
      traces: options.traces,
      limits,
      publicUrl: publicUrl?.href,
      seal: createLinkSeal(),
      gates: {
        reads: createGate(limits.reads),
        streams: createGate(limits.streams, limits.streamsPerCaller),
      },
    },
    ['localhost', '127.0.0.1', '[::1]', inUrl(host), ...publicNames, ...allowedHosts],
  );
  const server = createNodeServer(limits, app, tls);
  const connections = watchConnections(server);
  const address = await listen(server, host, port);
  const reloading =
    server instanceof TlsServer && options.tls !== undefined
      ? reloadTls(server, options.tls, log, limits.tlsPoll)
      : undefined;

  const isCut = Promise.withResolvers<void>();
  async function close(): Promise<void> {
    readiness.drain();
    reloading?.[Symbol.dispose]();
    connections.closeAfterwards();
    // Load balancers see `/readyz` first, and what callers have begun to send arrives.
    await Promise.race([setTimeout(limits.announce, undefined, { ref: false }), isCut.promise]);
    const timer = globalThis.setTimeout(() => connections.cut(), limits.drain);
    try {
      await connections.close();
    } finally {
      clearTimeout(timer);
      if (options.metrics === undefined) metrics[Symbol.dispose]();
    }
  }

  let closing: Promise<void> | undefined;
  const drain = (): Promise<void> => (closing ??= close());
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${inUrl(host)}:${address.port}`,
    reload: async () => reloading?.reload(),
    drain,
    cut() {
      isCut.resolve();
      connections.cut();
    },
    [Symbol.asyncDispose]: drain,
  };
}
