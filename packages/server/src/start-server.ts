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
import { answerClientErrors } from './http/client-errors.ts';
import { createSemaphore } from './http/create-semaphore.ts';
import { createTurns } from './http/create-turns.ts';
import { createRateLimit } from './callers/rate-limit.ts';
import { createSharedUsers } from './callers/shared-users.ts';
import { createGate } from './http/gate.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { watchConnections } from './http/connections.ts';
import { createLinkSeal, type LinkSeal } from './http/link-seal.ts';
import { isLoopback } from './http/loopback.ts';
import { readPageKeys, temporaryPageKeys, type PageKeys } from './http/page-keys.ts';
import { parsePublicUrl, type PublicUrl } from './http/public-url.ts';
import { reloadTls } from './http/reload-tls.ts';
import { readTlsFiles, type TlsFiles, type TlsMaterial } from './http/tls-files.ts';
import type { AuditLog } from './observability/audit/audit-log.ts';
import { createMetrics, type Metrics } from './observability/metrics/create-metrics.ts';
import { createDocs } from './openapi/create-docs.ts';
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
  /** File of page keys. Without it page tokens are valid as long as the process runs. */
  readonly pageKeys?: string | undefined;
  /** The tenant and application of the directory: page tokens of another one are invalid. */
  readonly tenant?: string | undefined;
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
  /** Reads what can change while the server runs again: certificate, callers and page keys. Problems are logged. */
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
  answerClientErrors(server);
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
  readonly pageKeys: PageKeys;
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

/** Does `work`. Problems of settings are added to `issues`, so that the other problems are found too. */
async function collect<Value>(
  issues: SettingsIssue[],
  work: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    issues.push(...error.issues);
    return undefined;
  }
}

/** @throws {SettingsError} with every problem of the addresses and of the files */
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
  const { tls: files } = options;
  const tls =
    files === undefined
      ? undefined
      : await collect(issues, async () => readTlsFiles(files, Date.now()));
  const { callers: file, log, fetchJson } = options;
  const { wall = Date.now, monotonic = () => performance.now() } = options.clock ?? {};
  const access = await collect(issues, async () =>
    createAccess({ file, log, wall, monotonic, fetchJson }),
  );
  if (access?.clientAuthorities !== undefined && options.tls === undefined)
    issues.push({
      path: 'callers.certificates',
      source: '--callers',
      message: 'client certificates need HTTPS',
      hint: 'Use --tls-cert and --tls-key.',
    });
  const pageKeys = await collect(issues, async () =>
    options.pageKeys === undefined ? temporaryPageKeys() : readPageKeys(options.pageKeys),
  );
  if (
    issues.length > 0 ||
    typeof publicUrl === 'string' ||
    access === undefined ||
    pageKeys === undefined
  )
    throw new SettingsError(issues);
  return { tls, publicUrl, access, pageKeys };
}

/** Reads the file of page keys again. An invalid file is logged and leaves the present keys in use. */
async function reloadPageKeys(
  file: string | undefined,
  seal: LinkSeal,
  log: ServerLog,
): Promise<void> {
  if (file === undefined) return;
  try {
    seal.replaceKeys(await readPageKeys(file));
    log('page-keys-reloaded', {});
  } catch (error) {
    const issues = error instanceof SettingsError ? error.issues : [];
    const reasons = issues.map(({ message }) => message);
    log('page-keys-reload-failed', { reason: reasons.join('; ') || 'unknown' });
  }
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
  const { tls, publicUrl, access, pageKeys } = await checkAddresses(options, host);
  const publicNames = publicUrl === undefined ? [] : [publicUrl.hostname];
  const metrics = options.metrics ?? createMetrics();
  const log = options.metrics === undefined ? metrics.observing(options.log) : options.log;
  if (tls !== undefined) log('tls-loaded', { daysLeft: tls.daysLeft });
  if (tls?.isKeyReadable === true) log('tls-key-readable', {});

  const { monotonic = () => performance.now() } = options.clock ?? {};
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const readiness = createReadiness(directory, { monotonic }, limits);
  const seal = createLinkSeal(options.tenant, pageKeys);
  const app = createApp({
    access,
    shared: createSharedUsers(directory.users, limits, monotonic),
    checkRate: createRateLimit(limits),
    hosts: ['localhost', '127.0.0.1', '[::1]', inUrl(host), ...publicNames, ...allowedHosts],
    services: {
      log,
      readiness,
      metrics,
      docs: createDocs({
        publicUrl: publicUrl?.href,
        isAuthenticated: access.isAuthenticated,
      }),
      audit: options.audit,
      traces: options.traces,
      limits,
      publicUrl: publicUrl?.href,
      seal,
      turn: createTurns(),
      reading: createSemaphore(limits.pagedUsers / 100),
      gates: {
        reads: createGate(
          limits.reads,
          access.isAuthenticated ? limits.readsPerCaller : limits.reads,
        ),
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
      await Promise.all([
        reloading?.reload(),
        reloadCallers(access, log),
        reloadPageKeys(options.pageKeys, seal, log),
      ]);
    },
    drain,
    cut() {
      isCut.resolve();
      connections.cut();
    },
    [Symbol.asyncDispose]: drain,
  };
}
