import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** A link to the next page leads somewhere else than to the collection we read. Nothing was sent there. */
export class ForeignLinkError extends DirectoryError {
  override readonly name = 'ForeignLinkError';
  /** What is wrong with it. The link itself is not kept: its query holds the service's state. */
  readonly reason: string;

  constructor(reason: string, facts: Partial<ErrorFacts> = {}) {
    super('E_FOREIGN_LINK', `Refused a link from an answer: ${reason}.`, {
      hint: 'Do not trust what came so far; find out who answered in the place of the service.',
      ...facts,
    });
    this.reason = reason;
  }
}
