import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { SecureVersion } from 'node:tls';

import type { FaultPlan } from '../faults/fault-plan.ts';
import { startFaultRun } from '../faults/fault-run.ts';
import type { FaultLedger } from '../faults/fault-ledger.ts';
import { withoutAgain } from '../faults/kinds/again-link.ts';
import type { Places } from '../faults/fault.ts';
import type { CertifiedKey } from '../tls/certificates.ts';
import { exchange, type ExchangeParts } from './exchange.ts';
import { send } from '../http/send.ts';

export interface OriginParts extends Omit<ExchangeParts, 'originOf' | 'faultsFor'> {
  readonly port: number;
  /** Plain HTTP without one. */
  readonly certificate?: CertifiedKey | undefined;
  /** Highest version of TLS that it speaks. */
  readonly maxVersion?: SecureVersion | undefined;
  /** Names besides loopback's that clients may call the origin by. */
  readonly hostNames: readonly string[];
  readonly plan: FaultPlan;
  readonly ledger: FaultLedger;
  readonly places: Omit<Places, 'origin'>;
}

export interface Origin {
  readonly port: number;
  readonly url: string;
  /** TCP connections so far. */
  connections(): number;
  /** Closes every connection, also during a response. */
  close(): Promise<void>;
}

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

function sandboxFailure(error: unknown) {
  const body = Buffer.from(
    JSON.stringify({ error: { code: 'SandboxFailure', message: String(error) } }),
  );
  return { status: 500, headers: { 'content-type': 'application/json' }, body };
}

/** The TCP sockets of an origin by remote port: a TLS socket cannot be reset, only the TCP socket under it. */
interface Sockets {
  readonly connections: () => number;
  readonly of: (response: ServerResponse) => Socket | undefined;
}

function trackSockets(server: Server): Sockets {
  const sockets = new Map<number, Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    const port = socket.remotePort ?? -1;
    sockets.set(port, socket);
    socket.once('close', () => {
      if (sockets.get(port) === socket) sockets.delete(port);
    });
  });
  return {
    connections: () => connections,
    of: (response) => sockets.get(response.socket?.remotePort ?? -1),
  };
}

function createFaultsFor(parts: OriginParts, sockets: () => Sockets): ExchangeParts['faultsFor'] {
  const { plan, ledger } = parts;
  const used = new WeakSet<Socket>();
  return (call, response, sleep) => {
    const socket = sockets().of(response);
    const reused = socket !== undefined && used.has(socket);
    if (socket !== undefined) used.add(socket);
    const target = `${call.url.pathname}${call.url.search}`;
    const part = parts.classify(target);
    const due = plan.due({ class: part, target, reused });
    if (due.length === 0) return undefined;
    return startFaultRun({
      due,
      ledger,
      call,
      class: part,
      places: { origin: call.url.origin, ...parts.places },
      now: new Date(parts.clock.now()),
      sleep: (seconds) => sleep(seconds * 1_000),
      reset: () => void socket?.resetAndDestroy(),
    });
  };
}

/** HTTPS, or HTTP without a certificate. */
function createServer({ certificate, maxVersion }: OriginParts, serve: RequestListener): Server {
  if (certificate === undefined) return createHttpServer(serve);
  // Old versions are refused by OpenSSL's ordinary level of security.
  const versions =
    maxVersion === undefined
      ? {}
      : { minVersion: 'TLSv1' as const, maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' };
  return createHttpsServer(
    { key: certificate.privateKey, cert: certificate.certificate, ...versions },
    serve,
  );
}

/**
 * Serves one origin on loopback.
 * @throws the listen error, when the port is taken
 */
export async function startOrigin(parts: OriginParts): Promise<Origin> {
  const names = new Set([...loopback, ...parts.hostNames]);
  const scheme = parts.certificate === undefined ? 'http' : 'https';
  let ownHost = '';

  const exchangeParts: ExchangeParts = {
    journal: parts.journal,
    waits: parts.waits,
    clock: parts.clock,
    classify: (path) => parts.classify(path),
    conditions: () => parts.conditions(),
    encodeBody: parts.encodeBody,
    random: () => parts.random(),
    sleep: (milliseconds, signal) => parts.sleep(milliseconds, signal),
    handle: (call, describe) => {
      const { href } = call.url;
      const bare = withoutAgain(href);
      return parts.handle(bare === href ? call : { ...call, url: new URL(bare) }, describe);
    },
    originOf(header) {
      const name = header.replace(/:\d+$/u, '');
      // As in a certificate, a wildcard matches one label.
      const isKnown = names.has(name) || names.has(name.replace(/^[^.]+/u, '*'));
      return `${scheme}://${isKnown ? header : ownHost}`;
    },
    faultsFor: createFaultsFor(parts, () => sockets),
  };

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    exchange(exchangeParts, request, response).catch((error: unknown) => {
      if (response.destroyed) return;
      // A mistake of the sandbox's own must be seen as such, not taken for a behaviour of Graph.
      if (response.headersSent) response.destroy();
      else send(response, sandboxFailure(error));
    });
  };
  const server = createServer(parts, serve);
  server.keepAliveTimeout = 60_000;
  const sockets = trackSockets(server);
  server.on(scheme === 'https' ? 'secureConnection' : 'connection', () =>
    parts.journal.connected(),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(parts.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  ownHost = `127.0.0.1:${port}`;
  return {
    port,
    url: `${scheme}://${ownHost}`,
    connections: sockets.connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
