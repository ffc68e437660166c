import {
  bytesOf,
  type FormatName,
  formats,
  type Sink,
  type SinkOptions,
} from '@rollcall/core/command-line';

import type { Console } from '../terminal/console.ts';

/** The stdout of several listings that run at the same time. */
export interface SharedOutput {
  /** Writes one page, after the pages that others are writing. */
  page(users: Parameters<Sink['page']>[0]): Promise<void>;
  /** Writes the end of the format: called only when every listing is complete. */
  end(): Promise<void>;
}

/** Opens stdout for several listings: their pages follow each other whole, in the order in which they arrive. */
export function openSharedOutput(
  format: FormatName,
  options: SinkOptions,
  console: Pick<Console, 'write'>,
): SharedOutput {
  const sink = formats[format].createSink(options);
  let head = sink.head();
  let last: Promise<void> = Promise.resolve();
  async function write(pieces: Iterable<string>): Promise<void> {
    for (const piece of bytesOf(pieces)) await console.write(piece);
  }
  function enqueue(work: () => Promise<void>): Promise<void> {
    const done = last.then(work);
    // The writer of a page that fails receives the error; the next ones try for themselves.
    last = done.catch(() => {});
    return done;
  }
  return {
    page: (users) =>
      enqueue(async () => {
        const pieces = [head, ...sink.page(users)];
        head = '';
        await write(pieces);
      }),
    end: () => enqueue(() => write([head + sink.tail()])),
  };
}
