/** The form of the output on stderr, from flags, environment and streams. */
export interface Presentation {
  /** Errors only. */
  readonly quiet: boolean;
  /** Every event. */
  readonly verbose: boolean;
  readonly logFormat: 'text' | 'json';
  readonly color: boolean;
  /** Whether the progress line is shown. */
  readonly progress: boolean;
}

export interface PresentationFlags {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly 'log-format': string | undefined;
  readonly 'no-color': boolean;
  readonly 'no-progress': boolean;
}

/** Returns the form of the output. @param isTerminal whether stderr is a terminal */
export function presentation(
  flags: PresentationFlags,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): Presentation {
  const json = flags['log-format'] === 'json';
  const plain = json || !isTerminal || env['TERM'] === 'dumb';
  return {
    quiet: flags.quiet,
    verbose: flags.verbose && !flags.quiet,
    logFormat: json ? 'json' : 'text',
    // https://no-color.org: any value that is not empty disables colors.
    color: !plain && !flags['no-color'] && (env['NO_COLOR'] ?? '') === '',
    progress: !plain && !flags['no-progress'] && !flags.quiet && (env['CI'] ?? '') === '',
  };
}
