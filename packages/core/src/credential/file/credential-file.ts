import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

import { CredentialError } from '../../errors/credential-error.ts';
import { checkFileGuard } from './file-guard.ts';

export interface CredentialFile {
  readonly path: string;
  /** What it holds, for messages: `the client secret`, `the private key`. */
  readonly holds: string;
  /** Whether whoever reads it can sign in as the application, so that its mode and owner matter. */
  readonly guarded: boolean;
}

/** A secret, a key with its chain or an assertion is far smaller; `/dev/zero` is not. */
export const credentialFileLimit = 64 * 1024;

async function openQuickly({ path, holds }: CredentialFile): Promise<FileHandle> {
  try {
    // Without O_NONBLOCK the open of a FIFO waits for a writer that may never come.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const problem =
      code === 'ENOENT' ? 'does not exist' : `cannot be opened (${code ?? 'unknown reason'})`;
    throw new CredentialError(
      `The file for ${holds} ${problem}: ${path}`,
      'Check the path (a relative one counts from the settings file) and that this user may read it.',
      { cause, files: [path] },
    );
  }
}

/**
 * Reads a file that proves the application, anew each time, so that a rotated one is picked up.
 * @throws {CredentialError} when it is missing, unreadable, not a regular file, weakly protected, empty or over 64 KiB
 */
export async function readCredentialFile(file: CredentialFile): Promise<Buffer> {
  const { path, holds } = file;
  await using handle = await openQuickly(file);
  const stats = await handle.stat();
  if (!stats.isFile()) {
    throw new CredentialError(
      `The path for ${holds} is not a regular file: ${path}`,
      `Name the file itself; a folder, a pipe or a device cannot hold ${holds}.`,
      { files: [path] },
    );
  }
  if (file.guarded) await checkFileGuard(path, holds, stats);
  const buffer = Buffer.alloc(credentialFileLimit + 1);
  let length = 0;
  while (length <= credentialFileLimit) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  if (length === 0 || length > credentialFileLimit) {
    throw new CredentialError(
      `The file for ${holds} is ${length === 0 ? 'empty' : 'larger than 64 KiB'}: ${path}`,
      `Put ${holds}, and nothing else, into the file.`,
      { files: [path] },
    );
  }
  return buffer.subarray(0, length);
}
