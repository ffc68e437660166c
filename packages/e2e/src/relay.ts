import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire between a program and the sandbox that can be held and cut. It sees no plain text: TLS runs through it. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** From now on nothing comes back from the sandbox; resolves with the next connection's first bytes. */
  hold(): Promise<void>;
  /** Resolves when the program closes a connection while it is held, with `performance.now()` of that moment. */
  readonly closed: Promise<number>;
  /** Breaks every connection, and takes no more. */
  cut(): void;
}

/** @param at the port to listen on; any free one by default */
export async function startRelay(to: string, at = 0): Promise<Relay> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  const closed = Promise.withResolvers<number>();
  const asked = Promise.withResolvers<void>();
  let held = false;
  const server = createServer((inner) => {
    const outer = connect(Number(port), hostname);
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        inner.destroy();
        outer.destroy();
      });
    }
    inner.on('data', (bytes) => {
      if (held) asked.resolve();
      outer.write(bytes);
    });
    inner.on('close', () => {
      if (held) closed.resolve(performance.now());
    });
    outer.on('data', (bytes) => {
      if (!held) inner.write(bytes);
    });
  });
  server.listen(at, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    async hold() {
      held = true;
      await asked.promise;
    },
    closed: closed.promise,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
    },
  };
}
