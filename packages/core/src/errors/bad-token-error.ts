import { DirectoryError } from './directory-error.ts';

/**
 * The token endpoint responded with 200 and a body that is not a token response. The body is neither used nor stored.
 */
export class BadTokenError extends DirectoryError {
  override readonly name = 'BadTokenError';

  constructor(problem: string, facts: { requestId?: string | undefined; cause?: unknown } = {}) {
    super('E_TOKEN_BAD', `The token endpoint returned an invalid token response: ${problem}.`, {
      hint: 'Check that the authority is the Microsoft identity platform and that no proxy changes its responses.',
      ...facts,
    });
  }
}
