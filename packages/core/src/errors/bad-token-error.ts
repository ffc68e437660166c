import { DirectoryError } from './directory-error.ts';

/** The token endpoint answered 200 with something that is no token. Such an answer is never used nor kept. */
export class BadTokenError extends DirectoryError {
  override readonly name = 'BadTokenError';

  constructor(problem: string, facts: { requestId?: string | undefined; cause?: unknown } = {}) {
    super('E_TOKEN_BAD', `The token endpoint's answer is not a token: ${problem}.`, {
      hint: 'Check that the authority is the identity platform itself and that no proxy rewrites its answers.',
      ...facts,
    });
  }
}
