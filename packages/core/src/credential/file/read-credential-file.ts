import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

import { CredentialError } from '../../errors/credential-error.ts';
import { checkFilePermissions } from './check-file-permissions.ts';

export interface CredentialFile {
  readonly path: string;
  /** The expected content, for messages: `the client secret`, `the private key`. */
  readonly content: string;
  /** Whether the content is secret, so that the owner and the mode of the file are checked. */
  readonly isSecret: boolean;
}

/** In bytes; far more than a secret, a key with its chain or an assertion needs. */
export const credentialFileLimit = 64 * 1024;

async function openWithoutWaiting({ path, content }: CredentialFile): Promise<FileHandle> {
  try {
    // Without O_NONBLOCK, opening a FIFO waits for a writer.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const problem =
      code === 'ENOENT' ? 'does not exist' : `cannot be opened (${code ?? 'unknown reason'})`;
    throw new CredentialError(
      `The file for ${content} ${problem}: ${path}`,
      'Check the path (a relative path starts from the directory of the settings file) and the permissions of the file.',
      { cause, files: [path] },
    );
  }
}

/**
 * Reads a file with a secret, key or assertion. Callers read it again for each token, so that a rotated file is used.
 * @throws {CredentialError} when it is missing, unreadable, not a regular file, accessible to other users, empty or
 *   over 64 KiB
 */
export async function readCredentialFile(file: CredentialFile): Promise<Buffer> {
  const { path, content } = file;
  await using handle = await openWithoutWaiting(file);
  const stats = await handle.stat();
  if (!stats.isFile()) {
    throw new CredentialError(
      `The path for ${content} is not a regular file: ${path}`,
      `Use a regular file with ${content}; directories, pipes and devices are not read.`,
      { files: [path] },
    );
  }
  if (file.isSecret) await checkFilePermissions(path, content, stats);
  const buffer = Buffer.alloc(credentialFileLimit + 1);
  let length = 0;
  while (length <= credentialFileLimit) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  if (length === 0 || length > credentialFileLimit) {
    throw new CredentialError(
      `The file for ${content} is ${length === 0 ? 'empty' : 'larger than 64 KiB'}: ${path}`,
      `Write only ${content} into the file.`,
      { files: [path] },
    );
  }
  return buffer.subarray(0, length);
}
