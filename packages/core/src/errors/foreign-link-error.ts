import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** A link in a response leads to another place than the collection that is being read. Nothing was sent there. */
export class ForeignLinkError extends DirectoryError {
  override readonly name = 'ForeignLinkError';
  /** What is wrong with the link. The link itself is not kept, because its query contains state of the service. */
  readonly reason: string;

  constructor(reason: string, facts: Partial<ErrorFacts> = {}) {
    super('E_FOREIGN_LINK', `Rejected a link in a response: ${reason}.`, {
      hint: 'Do not use the users that were read so far. Find out which proxy or gateway responded in place of Graph.',
      ...facts,
    });
    this.reason = reason;
  }
}
