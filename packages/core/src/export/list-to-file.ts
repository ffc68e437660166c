import type { User } from '@microsoft/microsoft-graph-types';

import { ResumeError } from '../errors/resume-error.ts';
import type { Page } from '../paging/page.ts';
import type { Receipt } from '../listing/receipt.ts';
import type { UserQuery } from '../query/user-query.ts';
import type { ListOptions, Users } from '../users/users.ts';
import { type FormatName, formats } from '../sinks/formats.ts';
import type { SinkOptions } from '../sinks/sink.ts';
import { bytesOf } from '../sinks/bytes-of.ts';
import { pageBytes } from '../sinks/page-bytes.ts';
import { type Checkpoint, readCheckpointText, writeCheckpoint } from './checkpoint.ts';
import { openPartialFiles, readCheckpoint } from './partial-files.ts';
import { refuseToReplace } from '../file-system/refuse-to-replace.ts';

export interface FileListingOptions extends Omit<ListOptions, 'resume'> {
  /** The output file. It exists only once it is complete. */
  readonly path: string;
  readonly format: FormatName;
  readonly sink?: Omit<SinkOptions, 'saved'> | undefined;
  /** Continues an interrupted run; starts from the beginning when there is none. */
  readonly resume?: boolean | undefined;
  /** Overwrites an existing file. */
  readonly force?: boolean | undefined;
  /** Called when an interrupted run is not resumed, so that its partial output is discarded. */
  readonly onStartOver?: (() => void) | undefined;
  /** Called at the end with the number of cells that were changed so that a spreadsheet does not run them. */
  readonly onEscapedCells?: ((cells: number) => void) | undefined;
  /** Called at the end with the users whose managers lead back to themselves, when the output is a tree. */
  readonly onManagerCycles?: ((cycles: readonly (readonly User[])[]) => void) | undefined;
  /** Called after each page that was written. */
  readonly onPage?: ((page: Page<User>, receipt: Receipt) => void) | undefined;
  /** Checks the receipt of the complete listing before the file gets its name; throws to refuse it. */
  readonly accept?: ((receipt: Receipt) => void) | undefined;
}

/** The ids of a page as lines of JSON. They are one text: to encode each id separately takes ten times as long. */
function idLines(page: Page<User>): Uint8Array {
  const { json, readIds } = page;
  // Users that were read but not selected are not counted again either when the listing is resumed.
  const ids =
    readIds ??
    (json === undefined
      ? page.items.map(({ id }) => id)
      : Array.from({ length: json.length }, (_, at) => json.id(at)));
  return Buffer.from(ids.map((id) => `${JSON.stringify(id)}\n`).join(''));
}

/** Lists users to a file that can be resumed; see `listToFile` of library.ts. */
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
    deadline: options.deadline,
    maxRetryAfter: options.maxRetryAfter,
    parallel: options.parallel,
    resume:
      earlier === undefined
        ? undefined
        : { chains: earlier.chains, receipt: earlier.receipt, ids: files.ids() },
  });
  const sink = formats[format].createSink({ ...sinkOptions, saved: earlier?.sink });
  // A checkpoint is saved while the next page is requested; the page after that waits for it.
  let saving = Promise.resolve();
  let failed: { readonly error: unknown } | undefined;
  const save = (): void => {
    const text = writeCheckpoint({
      format,
      shape,
      chains: listing.chains(),
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
      await files.append(pageBytes(sink, page), [idLines(page)]);
      save();
      options.onPage?.(page, listing.receipt());
    }
    await saved();
    const receipt = listing.receipt();
    if (!receipt.complete) throw new ResumeError('its last page was not read');
    options.accept?.(receipt);
    await files.append(bytesOf([sink.tail()]));
    await files.complete(force);
    options.onEscapedCells?.(sink.escapedCells?.() ?? 0);
    options.onManagerCycles?.(sink.managerCycles?.() ?? []);
    return receipt;
  } finally {
    await saving;
  }
}
