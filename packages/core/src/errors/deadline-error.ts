import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** What a call was waiting for when its time was over. */
export type WaitedFor = 'token' | 'answer' | 'pause';

const sayings: Record<WaitedFor, string> = {
  token: 'while we waited for a token',
  answer: 'before the answer',
  pause: 'before the service wants to hear from us again',
};

/** The time given to the call is over, or would be before the service wants to hear from us again. */
export class DeadlineError extends DirectoryError {
  override readonly name = 'DeadlineError';
  readonly waitedFor: WaitedFor;

  constructor(waitedFor: WaitedFor, facts: Partial<ErrorFacts> = {}) {
    super('E_DEADLINE', `The deadline came ${sayings[waitedFor]}.`, {
      hint:
        waitedFor === 'token'
          ? 'Look at the identity platform with `rollcall doctor`, or give more time with --deadline.'
          : 'Give more time with --deadline; a listing with --out goes on where it stopped with --resume.',
      ...facts,
    });
    this.waitedFor = waitedFor;
  }
}
