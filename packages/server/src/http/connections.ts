import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Server as TlsServer } from 'node:tls';

/** The connections of a server, and the responses that are pending on them. */
export interface Connections {
  /** From now on every response says that its connection ends with it, if its head has not been sent. */
  closeAfterwards(): void;
  /**
   * Accepts no new connections, and resolves when the last one and its responses have ended. A connection without a
   * request is closed when it had one before; a new one can still send its first request.
   */
  close(): Promise<void>;
  /** Cuts all connections at once, also those whose TLS handshake has not ended. */
  cut(): void;
}

/** A new connection whose request does not arrive within this time is closed, in milliseconds. */
const firstRequest = 1_000;

/** A connection is one socket before its TLS handshake and another one afterwards. */
function peerOf({ remoteAddress = '', remotePort = 0 }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

/** A short iteration of the event loop, and how long one is waited for, in milliseconds. */
const shortIteration = 2;
const longestWait = 100;

/**
 * Waits for the end of a short iteration of the event loop. The system resets connections that it has established and
 * the process has not accepted when the listener is closed. Directly after an iteration there are none, except those
 * that arrived during it.
 */
async function afterShortIteration(): Promise<void> {
  const end = performance.now() + longestWait;
  for (let start = performance.now(); start < end; start = performance.now()) {
    await setImmediate();
    if (performance.now() - start < shortIteration) return;
  }
}

/**
 * Watches the connections of a server. `http.Server.close` ends all connections without a pending request, also those
 * that were accepted a moment ago and whose request is on its way: a caller that began before the stop would get a
 * reset. So the state of each connection is known here.
 */
export function watchConnections(server: Server): Connections {
  const pending = new Map<Socket, Set<ServerResponse>>();
  const open = new Set<ServerResponse>();
  const used = new WeakSet<Socket>();
  const handshakes = new Map<string, Socket>();
  let isClosing = false;
  let isClosed = false;
  let isCut = false;

  function endIfIdle(socket: Socket): void {
    if (isClosed && used.has(socket) && pending.get(socket)?.size === 0) socket.end();
  }

  const isTls = server instanceof TlsServer;
  if (isTls)
    server.prependListener('connection', (socket: Socket) => {
      const peer = peerOf(socket);
      handshakes.set(peer, socket);
      socket.once('close', () => handshakes.delete(peer));
    });
  server.prependListener(isTls ? 'secureConnection' : 'connection', (socket: Socket) => {
    handshakes.delete(peerOf(socket));
    pending.set(socket, new Set());
    socket.once('close', () => pending.delete(socket));
  });
  server.prependListener('request', (request, response: ServerResponse) => {
    const { socket } = request;
    used.add(socket);
    pending.get(socket)?.add(response);
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      pending.get(socket)?.delete(response);
      endIfIdle(socket);
    });
    if (isClosing) closeAfter(response);
  });
  return {
    closeAfterwards() {
      isClosing = true;
      for (const responses of pending.values())
        for (const response of responses) closeAfter(response);
    },
    async close() {
      // After a cut the listener is closed at once: a client could otherwise send its request again.
      if (!isCut) await afterShortIteration();
      isClosed = true;
      const closed = once(server, 'close');
      // Only stops listening, unlike `http.Server.close`.
      NetServer.prototype.close.call(server);
      for (const socket of pending.keys()) endIfIdle(socket);
      const timer = setTimeout(() => {
        for (const socket of pending.keys()) if (!used.has(socket)) socket.destroy();
        for (const socket of handshakes.values()) socket.destroy();
      }, firstRequest);
      try {
        await closed;
        // A response that was cut closes after its connection, and what is logged at its end belongs to the drain.
        for (const response of open)
          await new Promise((resolve) => response.once('close', resolve));
      } finally {
        clearTimeout(timer);
        // Stops the check of timeouts, which would keep the process alive.
        server.close();
      }
    },
    cut() {
      isCut = true;
      server.closeAllConnections();
      for (const socket of handshakes.values()) socket.destroy();
    },
  };
}
