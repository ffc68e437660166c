import { DirectoryError } from '@rollcall/core';

/** What to do about each way a file system refuses, by errno. */
const hints: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space, or choose another disk; nothing was left behind.',
  EDQUOT: 'Your quota is used up: free some space, or choose another disk.',
  EROFS: 'The file system is read-only: choose another folder.',
  EACCES: 'Choose a folder you may write to, or change its permissions.',
  EPERM: 'Choose a folder you may write to, or change its permissions.',
  ENOENT: 'Create the folder first: rollcall creates files only.',
  ENOTDIR: 'A part of the path is a file: choose another path.',
  EISDIR: 'That is a folder: name a file in it.',
  ENAMETOOLONG: 'Choose a shorter name.',
};

/** A file could not be written. */
export class OutputError extends DirectoryError {
  override readonly name = 'OutputError';
  readonly path: string;

  constructor(path: string, message: string, hint: string, cause?: unknown) {
    super('E_OUTPUT', message, { hint, cause });
    this.path = path;
  }
}

/** @returns the error for a failed file operation, with the remedy that its errno calls for */
export function outputError(path: string, cause: unknown): OutputError {
  const { code = 'unknown' } = (cause ?? {}) as { readonly code?: string };
  return new OutputError(
    path,
    `${path} could not be written (${code}).`,
    hints[code] ?? 'Choose another path, and see what the system says of this one.',
    cause,
  );
}
