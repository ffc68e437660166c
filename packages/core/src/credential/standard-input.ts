import { buffer } from 'node:stream/consumers';

/** All of standard input. It can be read once, so whoever needs it later keeps it. */
export function readStandardInput(): Promise<Buffer> {
  return buffer(process.stdin);
}
