// What the shell is told by a program that was stopped; core has the codes of what failed.

/** 128 + the signal's number, as a shell reports a program that a signal ended. */
export const signalExitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** 128 + SIGPIPE: the reader of standard output went away, so the list it has is not whole. */
export const readerGone = 141;
