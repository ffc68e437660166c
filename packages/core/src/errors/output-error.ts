import { DirectoryError } from './directory-error.ts';

/** What happened, for reasons that are not failures of the system. */
const problems: Readonly<Record<string, string>> = {
  EEXIST: 'already exists',
  ENOTREG: 'is not a regular file',
};

/** A file could not be written, or must not be overwritten. */
export class OutputError extends DirectoryError {
  override readonly name = 'OutputError';
  readonly path: string;
  /** The errno of the system: `ENOSPC`, `EEXIST` …; `ENOTREG` for a device, a pipe or a socket. */
  readonly reason: string;

  constructor(path: string, reason: string, cause?: unknown) {
    super('E_OUTPUT', `${path} ${problems[reason] ?? 'could not be written'} (${reason}).`, {
      hint: { code: 'choose-output', reason },
      cause,
    });
    this.path = path;
    this.reason = reason;
  }
}

/** The server could not listen on its address. */
export class ListenError extends DirectoryError {
  override readonly name = 'ListenError';

  constructor(message: string, hint: string, cause?: unknown) {
    super('E_OUTPUT', message, { hint, cause });
  }
}
