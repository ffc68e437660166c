import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A network between a client and the sandbox that can fail. TLS runs through it. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** Breaks every connection, accepts no more, and creates the file that makes name resolution fail. */
  cut(): Promise<void>;
  /** Ends the outage. */
  restore(): Promise<void>;
}

/**
 * Starts a relay to a port of this machine.
 * @param flag the file that exists during an outage
 */
export async function startRelay(toPort: number, flag: string): Promise<Relay> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((inner) => {
    if (isCut) {
      inner.destroy();
      return;
    }
    const outer = connect(toPort, '127.0.0.1');
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        inner.destroy();
        outer.destroy();
      });
    }
    inner.pipe(outer).pipe(inner);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async cut() {
      isCut = true;
      await writeFile(flag, '');
      for (const socket of sockets) socket.destroy();
    },
    async restore() {
      isCut = false;
      await rm(flag, { force: true });
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await rm(flag, { force: true });
    },
  };
}
