import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

import { SettingsError } from '@rollcall/core';

import type { AuditRecord } from './audit-record.ts';

/** Where audit records are written, one JSON object a line. */
export interface AuditLog extends AsyncDisposable {
  /** Resolves when the record is on the disk. Rejects with the error of the system when it cannot be written. */
  write(record: AuditRecord): Promise<void>;
  /** Opens the file again, after it was renamed by a rotation. The present one stays in use when that fails. */
  reopen(): Promise<void>;
}

/** Standard output, in place of a file. */
export const standardOutput = '-';

function problem(message: string, hint: string): SettingsError {
  return new SettingsError([{ path: 'audit-log', source: '--audit-log', message, hint }]);
}

/** Opens the file for appending, and creates it with mode 0600. @throws {SettingsError} when it must not be used */
async function openFile(path: string): Promise<FileHandle> {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  let file: FileHandle;
  try {
    // O_NONBLOCK: opening a pipe without a reader would wait for one.
    file = await open(path, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (error) {
    const code = (error as { readonly code?: string }).code ?? 'unknown error';
    const isLink = code === 'ELOOP';
    throw problem(
      isLink ? 'is a symbolic link' : `cannot be opened for writing (${code})`,
      isLink
        ? 'Name the file itself.'
        : 'Create its folder, and let the user of the server write to it.',
    );
  }
  const found = await file.stat();
  const refusal = !found.isFile()
    ? problem('is not a regular file', 'Use a regular file, or - for standard output.')
    : (found.mode & 0o022) !== 0
      ? problem('can be changed by other users', 'Run chmod 600 on the file.')
      : undefined;
  if (refusal === undefined) return file;
  await file.close();
  throw refusal;
}

function createFileLog(path: string, first: FileHandle): AuditLog {
  let file = first;
  /** Whether the last line can be incomplete, so that the next record has to begin on a new one. */
  let isBroken = false;
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other, so that no record is written between the parts of another one. */
  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }
  return {
    write: async (record) =>
      inTurn(async () => {
        const line = `${isBroken ? '\n' : ''}${JSON.stringify(record)}\n`;
        isBroken = true;
        await file.appendFile(line);
        isBroken = false;
        await file.datasync();
      }),
    reopen: async () =>
      inTurn(async () => {
        const next = await openFile(path);
        await file.close();
        file = next;
      }),
    [Symbol.asyncDispose]: async () => inTurn(async () => file.close()),
  };
}

/**
 * Opens the audit log.
 * @param path a file, or `-` for standard output
 * @throws {SettingsError} when the file cannot be written, is a link or a device, or can be changed by other users
 */
export async function openAuditLog(
  path: string,
  stdout: { write(text: string): unknown },
): Promise<AuditLog> {
  if (path !== standardOutput) return createFileLog(path, await openFile(path));
  return {
    async write(record) {
      stdout.write(`${JSON.stringify(record)}\n`);
    },
    async reopen() {},
    async [Symbol.asyncDispose]() {},
  };
}
