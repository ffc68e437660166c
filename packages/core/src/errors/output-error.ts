import { DirectoryError } from './directory-error.ts';

/** What to do about each way a file system refuses, by errno. */
const hints: Readonly<Record<string, string>> = {
  EEXIST: 'Choose another name, add --force to replace it, or --resume to go on with it.',
  ENOSPC: 'Free some space, then go on with --resume.',
  EDQUOT: 'Your quota is used up: free some space, then go on with --resume.',
  EROFS: 'The file system is read-only: choose another folder.',
  EACCES: 'Choose a folder you may write to, or change its permissions.',
  EPERM: 'Choose a folder you may write to, or change its permissions.',
  ENOENT: 'Create the folder first: only files are created.',
  ENOTDIR: 'A part of the path is a file: choose another path.',
  EISDIR: 'That is a folder: name a file in it.',
  ENOTREG: 'That is a device, a pipe or a socket: leave the option out for standard output.',
};

/** What happened, where it is not that the system refused. */
const facts: Readonly<Record<string, string>> = {
  EEXIST: 'is there already',
  ENOTREG: 'is no file that could be replaced',
};

/** A file could not be written, or must not be replaced. */
export class OutputError extends DirectoryError {
  override readonly name = 'OutputError';
  readonly path: string;
  /** The system's errno: `ENOSPC`, `EEXIST` …; `ENOTREG` for a device, a pipe or a socket. */
  readonly reason: string;

  constructor(path: string, reason: string, cause?: unknown) {
    super('E_OUTPUT', `${path} ${facts[reason] ?? 'could not be written'} (${reason}).`, {
      hint: hints[reason] ?? 'Choose another path, and see what the system says of this one.',
      cause,
    });
    this.path = path;
    this.reason = reason;
  }
}
