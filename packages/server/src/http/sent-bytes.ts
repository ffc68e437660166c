import type { Socket } from 'node:net';

/** Returns how many bytes a connection has sent since the last call for it: those of the response that ended. */
export type SentBytes = (socket: Socket) => number;

/** Creates the count for the connections of one server. Pipelined responses can be counted with their neighbours. */
export function createSentBytes(): SentBytes {
  const counted = new WeakMap<Socket, number>();
  return (socket) => {
    const before = counted.get(socket) ?? 0;
    const { bytesWritten } = socket;
    counted.set(socket, bytesWritten);
    return bytesWritten - before;
  };
}
