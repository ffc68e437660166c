import { DirectoryError } from './directory-error.ts';
import { describeAnswer, type ServiceFacts } from './service-facts.ts';

export interface PermissionFacts extends ServiceFacts {
  /** Application roles that were needed, the least of each kind: one of them is missing, or more. */
  readonly missing: readonly string[];
  readonly adminConsentUrl?: string | undefined;
}

/** The application is who it says, and may not do this in this tenant: 403. */
export class PermissionError extends DirectoryError {
  override readonly name = 'PermissionError';
  readonly status: number;
  readonly graphCode: string | undefined;
  readonly missing: readonly string[];
  /** Where an administrator of the tenant grants what is missing. */
  readonly adminConsentUrl: string | undefined;

  constructor(facts: PermissionFacts) {
    const { status, graphCode, missing, adminConsentUrl, ...rest } = facts;
    const several = missing.length > 1;
    super(
      'E_FORBIDDEN',
      `The application lacks ${several ? `one of the permissions ${missing.join(' and ')}, and this takes all of them` : `the permission ${missing.join()}`} (${describeAnswer(facts)}).`,
      {
        hint: `${several ? 'See with `rollcall token` which it has; add the other one' : `Add the application permission ${missing.join()}`} to the registration, then have an administrator consent${
          adminConsentUrl === undefined ? '.' : `: ${adminConsentUrl}`
        }`,
        ...rest,
      },
    );
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
