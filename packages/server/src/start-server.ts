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
import type { FetchJson } from './callers/entra/fetch-json.ts';
import { createAccess, type Access } from './callers/access.ts';
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
  /** 127.0.0.1 when absent; another address than a loopback one needs `callers`. */
  readonly host?: string | undefined;
  /** 0 for any free one; 8080 when absent. */
  readonly port?: number | undefined;
  /** More names that requests may be made to, without port. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Serves HTTPS with this certificate; plain HTTP when absent. */
  readonly tls?: TlsFiles | undefined;
  /** Where callers reach the server through a proxy: links begin with it, and its host name is allowed. */
  readonly publicUrl?: string | undefined;
  /** File of callers. Without it callers are not authenticated, and the server listens on loopback only. */
  readonly callers?: string | undefined;
  /** Serves plain HTTP also on an address that is not loopback, behind a proxy that terminates TLS. */
  readonly insecureHttp?: boolean | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly clock?: Partial<Pick<Clock, 'monotonic' | 'wall'>> | undefined;
  /** Reads documents of the identity platform; over HTTPS when absent. */
  readonly fetchJson?: FetchJson | undefined;
}

/** A server that listens. Disposing of it drains it; the directory stays its owner's. */
export interface RunningServer extends AsyncDisposable {
  /** Where it is reached: scheme, host and port. */
  readonly url: string;
  /** Reads what can change while the server runs again: certificate and callers. Problems are logged. */
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
  clientAuthorities: string | undefined,
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
            // Callers of other kinds have no certificate, and get a 401 that says so.
            ...(clientAuthorities === undefined
              ? {}
              : { requestCert: true, rejectUnauthorized: false, ca: clientAuthorities }),
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
  readonly access: Access;
}

/** Returns why the server must not listen on an address that other machines reach. */
function exposureIssues({ callers, tls, insecureHttp }: ServerOptions): SettingsIssue[] {
  const issues: SettingsIssue[] = [];
  const report = (message: string, hint: string): void =>
    void issues.push({ path: 'host', source: '--host', message, hint });
  if (callers === undefined)
    report(
      'other machines can reach this address, and callers are not authenticated',
      'Name a file of callers with --callers, or use 127.0.0.1, ::1 or localhost.',
    );
  if (tls === undefined && insecureHttp !== true)
    report(
      'other machines can reach this address, and plain HTTP would show tokens and users to the network',
      'Use --tls-cert and --tls-key, or --insecure-http if a proxy in front of the server terminates TLS.',
    );
  return issues;
}

/** @throws {SettingsError} with every problem of the addresses and of the certificate */
async function checkAddresses(options: ServerOptions, host: string): Promise<Addresses> {
  const issues: SettingsIssue[] = [];
  if (!isLoopback(host)) issues.push(...exposureIssues(options));
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
  let access: Access | undefined;
  try {
    const { log, fetchJson } = options;
    const { wall = Date.now, monotonic = () => performance.now() } = options.clock ?? {};
    access = await createAccess({ file: options.callers, log, wall, monotonic, fetchJson });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    issues.push(...error.issues);
  }
  if (access?.clientAuthorities !== undefined && options.tls === undefined)
    issues.push({
      path: 'callers.certificates',
      source: '--callers',
      message: 'client certificates need HTTPS',
      hint: 'Use --tls-cert and --tls-key.',
    });
  if (issues.length > 0 || typeof publicUrl === 'string' || access === undefined)
    throw new SettingsError(issues);
  return { tls, publicUrl, access };
}

/** Reads the file of callers again. An invalid file is logged and leaves the present callers in use. */
async function reloadCallers(access: Access, log: ServerLog): Promise<void> {
  if (!access.isAuthenticated) return;
  try {
    await access.reload();
    log('callers-reloaded', {});
  } catch (error) {
    const issues = error instanceof SettingsError ? error.issues : [];
    const reasons = issues.map(({ path, message }) => `${path} ${message}`);
    log('callers-reload-failed', { reason: reasons.join('; ') || 'unknown' });
  }
}

/**
 * Serves a directory over HTTP or HTTPS.
 * @throws {DirectoryError} E_SETTINGS for invalid addresses, callers or an invalid certificate, E_OUTPUT when the port
 *   is not available
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { directory, host = '127.0.0.1', port = 8080, allowedHosts = [] } = options;
  const { tls, publicUrl, access } = await checkAddresses(options, host);
  const publicNames = publicUrl === undefined ? [] : [publicUrl.hostname];
  const metrics = options.metrics ?? createMetrics();
  const log = options.metrics === undefined ? metrics.observing(options.log) : options.log;
  if (tls !== undefined) log('tls-loaded', { daysLeft: tls.daysLeft });
  if (tls?.isKeyReadable === true) log('tls-key-readable', {});

  const limits: Limits = { ...defaultLimits, ...options.limits };
  const readiness = createReadiness(
    directory,
    { monotonic: options.clock?.monotonic ?? (() => performance.now()) },
    limits,
  );
  const app = createApp({
    access,
    users: directory.users,
    hosts: ['localhost', '127.0.0.1', '[::1]', inUrl(host), ...publicNames, ...allowedHosts],
    services: {
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
  });
  const server = createNodeServer(limits, app, tls, access.clientAuthorities);
  const connections = watchConnections(server);
  const address = await listen(server, host, port);
  const reloading =
    server instanceof TlsServer && options.tls !== undefined
      ? reloadTls(server, options.tls, log, limits.tlsPoll, access.clientAuthorities)
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
    async reload() {
      await Promise.all([reloading?.reload(), reloadCallers(access, log)]);
    },
    drain,
    cut() {
      isCut.resolve();
      connections.cut();
    },
    [Symbol.asyncDispose]: drain,
  };
}
