import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** The response is a redirect. It was not followed, because the token would have been sent to its target. */
export class RedirectError extends DirectoryError {
  override readonly name = 'RedirectError';
  readonly status: number;
  /** Origin of the target, without path and query; undefined when it is not a URL. */
  readonly target: string | undefined;

  constructor(status: number, target: string | undefined, facts: Partial<ErrorFacts> = {}) {
    super(
      'E_REDIRECT',
      `Rejected a redirect (status ${status}) to ${target ?? 'an invalid URL'}.`,
      {
        hint: 'Check the Graph root in the settings, and whether a proxy or captive portal responds in its place.',
        ...facts,
      },
    );
    this.status = status;
    this.target = target;
  }
}
