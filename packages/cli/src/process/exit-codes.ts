import { exitCodes, internalError } from '@rollcall/core/command-line';

/** 128 + the number of the signal, as a shell reports it. */
export const signalExitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** 128 + SIGPIPE: the reader of stdout closed the pipe, so that its list is incomplete. */
export const brokenPipe = 141;

type ErrorCategory = keyof typeof exitCodes;

const categoryMeanings: Readonly<Record<ErrorCategory, string>> = {
  usage: 'invalid command line, configuration or query',
  authentication: 'sign-in failed',
  permission: 'permission or consent is missing',
  service: 'service unavailable: throttled, network, timeout',
  integrity: 'integrity check failed, or not verified with --strict',
  output: 'output could not be written',
  'not-found': 'user not found',
};

/** One or more exit codes with one meaning; the codes are a text such as `130, 143`. */
export type ExitCodeMeaning = readonly [codes: string, meaning: string];

/** Every exit code with its meaning, in the order of help. */
export const exitCodeMeanings: readonly ExitCodeMeaning[] = [
  ['0', 'complete'],
  ['1', 'differences found (users diff --exit-code)'],
  ...Object.entries(exitCodes).map(
    ([category, code]) => [String(code), categoryMeanings[category as ErrorCategory]] as const,
  ),
  [String(internalError), 'a bug in rollcall: please report it'],
  [
    Object.values(signalExitCodes).join(', '),
    'stopped by SIGINT or SIGTERM; a second signal stops at once',
  ],
  [String(brokenPipe), 'broken pipe (SIGPIPE)'],
];
