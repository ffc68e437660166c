import type { BadRequestError } from './bad-request-error.ts';
import { DirectoryError } from './directory-error.ts';
import { describeResponse } from './service-facts.ts';

/** The service no longer accepts its own link to the next page, also after restarts. The query is not the cause. */
export class PageLinkExpiredError extends DirectoryError {
  override readonly name = 'PageLinkExpiredError';
  readonly status: number;
  readonly graphCode: string | undefined;
  /** How often the listing went back to an earlier page. */
  readonly restarts: number;

  constructor(rejection: BadRequestError, restarts: number) {
    const { requestId, clientRequestId } = rejection;
    const restarted = restarts === 1 ? 'a restart' : `${restarts} restarts`;
    super(
      'E_PAGE_LINK_EXPIRED',
      `The link to the next page expired, also after ${restarted} (${describeResponse(rejection)}). The links of filtered lists expire when they are not requested soon.`,
      {
        hint: { code: 'retry-later' },
        retryable: true,
        requestId,
        clientRequestId,
        cause: rejection,
      },
    );
    this.status = rejection.status;
    this.graphCode = rejection.graphCode;
    this.restarts = restarts;
  }

  override toJSON(): Record<string, unknown> {
    const { status, graphCode, restarts } = this;
    return { ...super.toJSON(), status, graphCode, restarts };
  }
}
