/** What was run when an error occurred: hints name only what helps in this situation. */
export interface Situation {
  /** The words of the command, such as `users list`; undefined when the command line is invalid. */
  readonly command?: string | undefined;
  /** The names of the options of the command. */
  readonly options: ReadonlySet<string>;
  /**
   * How an interrupted export continues: not at all, because nothing was kept; with `--resume` added; or with the same
   * command line, which has `--resume` already.
   */
  readonly resume: 'nothing-left' | 'add-flag' | 'same-command';
}

/** The situation before a command is known. */
export const unknownSituation: Situation = { options: new Set(), resume: 'nothing-left' };
