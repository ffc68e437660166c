import type { User } from '@microsoft/microsoft-graph-types';

import { ResumeError } from '../errors/resume-error.ts';
import type { Page } from '../paging/page.ts';
import type { Receipt } from '../listing/receipt.ts';
import type { UserQuery } from '../query/user-query.ts';
import type { CallOptions, Users } from '../users/users.ts';
import { type FormatName, formats } from '../sinks/formats.ts';
import type { SinkOptions } from '../sinks/sink.ts';
import { bytesOf } from '../sinks/bytes-of.ts';
import { type Checkpoint, readCheckpointText, writeCheckpoint } from './checkpoint.ts';
import { openPartialFiles, readCheckpoint } from './partial-files.ts';
import { refuseToReplace } from '../file-system/refuse-to-replace.ts';

export interface FileListingOptions extends CallOptions {
  /** The file that is there, whole, in the end, and not before. */
  readonly path: string;
  readonly format: FormatName;
  readonly sink?: Omit<SinkOptions, 'saved'> | undefined;
  /** Go on where an interrupted run stopped; starts anew when there is none. */
  readonly resume?: boolean | undefined;
  /** Replace what is there under that name. */
  readonly force?: boolean | undefined;
  /** An interrupted run had left its place, and is not gone on with: what it had written is dropped. */
  readonly onStartOver?: (() => void) | undefined;
  /** After each page that is written. */
  readonly onPage?: ((page: Page<User>, receipt: Receipt) => void) | undefined;
  /** Judges the receipt of the whole listing before the file gets its name; throw to refuse. */
  readonly accept?: ((receipt: Receipt) => void) | undefined;
}

/**
 * Lists users into a file. Each page is written to a file beside it and then noted in a checkpoint; the file gets its
 * name when the listing is complete. Whatever stops the listing leaves the checkpoint, and `resume` goes on from
 * there: on a directory that did not change, with the very bytes of a run that was never stopped.
 * @throws {OutputError} when the system refuses, or the file exists and `force` is not set
 * @throws {ResumeError} when the checkpoint does not fit tenant, query or format, or is damaged
 */
export async function listToFile(
  users: Users,
  query: UserQuery,
  options: FileListingOptions,
): Promise<Receipt> {
  const { path, format, sink: sinkOptions = {}, force = false } = options;
  const shape = JSON.stringify(sinkOptions);
  await refuseToReplace(path, force);
  const left = await readCheckpoint(path);
  if (left !== undefined && options.resume !== true) options.onStartOver?.();
  const earlier: Checkpoint | undefined =
    left === undefined || options.resume !== true
      ? undefined
      : readCheckpointText(left, { format, shape });
  await using files = await openPartialFiles(path, earlier?.sizes);
  const listing = users.list(query, {
    signal: options.signal,
    resume:
      earlier === undefined
        ? undefined
        : { link: earlier.link, receipt: earlier.receipt, ids: files.ids() },
  });
  const sink = formats[format].createSink({ ...sinkOptions, saved: earlier?.sink });
  // The disk may be as slow as it likes while the next page is on its way; the page after waits for it.
  let saving = Promise.resolve();
  let failed: { readonly error: unknown } | undefined;
  const save = (link: string | null): void => {
    const text = writeCheckpoint({
      format,
      shape,
      link,
      sizes: files.sizes,
      sink: sink.save?.() ?? null,
      receipt: listing.receipt(),
    });
    saving = files.save(text).catch((error: unknown) => {
      failed = { error };
    });
  };
  const saved = async (): Promise<void> => {
    await saving;
    if (failed !== undefined) throw failed.error;
  };
  try {
    if (earlier === undefined) await files.append(bytesOf([sink.head()]));
    for await (const page of listing.pages()) {
      await saved();
      await files.append(
        bytesOf(sink.page(page.items)),
        bytesOf(page.items.map((user) => `${JSON.stringify(user.id)}\n`)),
      );
      save(page.link?.href ?? null);
      options.onPage?.(page, listing.receipt());
    }
    await saved();
    const receipt = listing.receipt();
    if (!receipt.complete) throw new ResumeError('its last page never came');
    options.accept?.(receipt);
    await files.append(bytesOf([sink.tail()]));
    await files.complete(force);
    return receipt;
  } finally {
    await saving;
  }
}
