// The exit codes of a command that was stopped. Core defines those of a command that failed.

/** 128 + the number of the signal, as a shell reports it. */
export const signalExitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** 128 + SIGPIPE: the reader of stdout closed the pipe, so that its list is incomplete. */
export const brokenPipe = 141;
