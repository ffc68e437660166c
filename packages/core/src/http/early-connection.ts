import type { Socket } from 'node:net';

import { buildConnector } from 'undici';

/** A connector of undici that can open one connection before the request that uses it. */
export interface EarlyConnector extends Disposable {
  readonly connect: buildConnector.connector;
  /** Opens a connection to `origin`, the first time only. An error is not reported: the request meets it again. */
  connectEarly(origin: URL): void;
}

interface EarlyConnection {
  readonly origin: string;
  readonly socket: Promise<Socket | undefined>;
}

function originOf({ protocol, host, hostname, port }: buildConnector.Options): string {
  return new URL(`${protocol}//${host ?? `${hostname}:${port}`}`).origin;
}

function portOf({ port, protocol }: URL): string {
  if (port !== '') return port;
  return protocol === 'https:' ? '443' : '80';
}

async function close({ socket }: EarlyConnection): Promise<void> {
  (await socket)?.destroy();
}

/**
 * Creates a connector. While a token is fetched, the connection to Graph is opened, which saves the first request two
 * or three round trips.
 * @param options as of undici's `buildConnector`
 */
export function createEarlyConnector(options: buildConnector.BuildOptions): EarlyConnector {
  const connector = buildConnector(options);
  let wasCalled = false;
  let early: EarlyConnection | undefined;

  function open(origin: URL): Promise<Socket | undefined> {
    const { promise, resolve } = Promise.withResolvers<Socket | undefined>();
    const { protocol, host, hostname } = origin;
    connector({ protocol, host, hostname, port: portOf(origin) }, (_error, socket) =>
      resolve(socket ?? undefined),
    );
    return promise;
  }

  async function useEarly(
    { socket }: EarlyConnection,
    ...[target, callback]: Parameters<buildConnector.connector>
  ): Promise<void> {
    const opened = await socket;
    // The service may have closed the connection meanwhile.
    if (opened?.writable === true && opened.readable) callback(null, opened);
    else connector(target, callback);
  }

  return {
    connect(target, callback) {
      if (early?.origin === originOf(target)) {
        void useEarly(early, target, callback);
        early = undefined;
      } else connector(target, callback);
    },
    connectEarly(origin) {
      if (wasCalled) return;
      wasCalled = true;
      early = { origin: origin.origin, socket: open(origin) };
    },
    [Symbol.dispose]() {
      if (early !== undefined) void close(early);
      early = undefined;
    },
  };
}
