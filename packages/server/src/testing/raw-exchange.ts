import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends exactly these bytes, `afterFirst` when the response begins, and returns everything until the server closes. */
export async function rawExchange(
  url: string,
  bytes: string,
  { afterFirst }: { readonly afterFirst?: string } = {},
): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => (received += text));
  if (afterFirst !== undefined) socket.once('data', () => socket.write(afterFirst));
  socket.on('error', () => socket.destroy());
  socket.write(bytes);
  await once(socket, 'close');
  return received;
}
