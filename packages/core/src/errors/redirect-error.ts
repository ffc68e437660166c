import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** Somebody answered with a redirect. It was not followed: a token would have gone along. */
export class RedirectError extends DirectoryError {
  override readonly name = 'RedirectError';
  readonly status: number;
  /** Origin of the target, without path and query; undefined when it is no URL. */
  readonly target: string | undefined;

  constructor(status: number, target: string | undefined, facts: Partial<ErrorFacts> = {}) {
    super('E_REDIRECT', `Refused a redirect (status ${status}) to ${target ?? 'nowhere'}.`, {
      hint: 'Check the Graph root in the settings, and whether a proxy or captive portal answers for it.',
      ...facts,
    });
    this.status = status;
    this.target = target;
  }
}
