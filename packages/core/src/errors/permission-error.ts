import { DirectoryError, type ErrorFacts } from './directory-error.ts';
import { describeResponse, type ServiceFacts } from './service-facts.ts';

export interface PermissionFacts extends ServiceFacts {
  /** The application roles that the request needs, the least one of each kind: one or more of them are missing. */
  readonly missing: readonly string[];
  readonly adminConsentUrl?: string | undefined;
}

/** The application does not have a permission that the request needs: 403. */
export class PermissionError extends DirectoryError {
  override readonly name = 'PermissionError';
  /** The status of the response; undefined when the token itself shows what is missing. */
  readonly status: number | undefined;
  readonly graphCode: string | undefined;
  readonly missing: readonly string[];
  /** Where an administrator of the tenant grants what is missing. */
  readonly adminConsentUrl: string | undefined;

  constructor(
    facts: Omit<PermissionFacts, 'status'> & {
      readonly status?: number;
      readonly message?: string;
    },
  ) {
    const { status, graphCode, missing, adminConsentUrl, message, ...rest } = facts;
    const details = status === undefined ? '' : ` (${describeResponse({ ...facts, status })})`;
    const needed =
      missing.length > 1
        ? `The request requires ${missing.join(' and ')}; at least one is missing`
        : `The application does not have the permission ${missing.join()}`;
    const own: ErrorFacts = { hint: { code: 'grant-permission', missing, adminConsentUrl } };
    super('E_FORBIDDEN', message ?? `${needed}${details}.`, { ...own, ...rest });
    this.status = status;
    this.graphCode = graphCode;
    this.missing = missing;
    this.adminConsentUrl = adminConsentUrl;
  }

  override toJSON(): Record<string, unknown> {
    return {
      ...super.toJSON(),
      status: this.status,
      graphCode: this.graphCode,
      missing: this.missing,
      adminConsentUrl: this.adminConsentUrl,
    };
  }
}
