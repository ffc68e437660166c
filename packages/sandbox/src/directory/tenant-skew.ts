/** Ways in which the users of a tenant can be unlike those of the average one. */
export const tenantSkews = ['one-prefix', 'one-second', 'half-guests', 'manager-cycle'] as const;

/**
 * `one-prefix`: all user principal names begin with the same letters. `one-second`: all users were created in the same
 * second. `half-guests`: every second user is a guest. `manager-cycle`: two users are the managers of each other.
 */
export type TenantSkew = (typeof tenantSkews)[number];

export function isSkew(name: string): name is TenantSkew {
  return (tenantSkews as readonly string[]).includes(name);
}

/** The slots of two users who are the managers of each other, when that is chosen. */
export const managersOfEachOther = [1, 9] as const;

/** How the users of a seed are distributed. */
export interface TenantShape {
  readonly hasOnePrefix: boolean;
  readonly hasOneSecond: boolean;
  readonly isHalfGuests: boolean;
  readonly hasManagerCycle: boolean;
  /** Share of users without `createdDateTime`, 0 to 1; undefined: one user in 200. */
  readonly withoutCreatedDateTime: number | undefined;
  /** The full hour in which the tenant was started, in seconds since 1970. */
  readonly startedAt: number;
}

/** @throws {TypeError} naming what is wrong and the valid values */
export function readTenantShape(
  skews: readonly string[] = [],
  withoutCreatedDateTime?: number,
  startedAt = 0,
): TenantShape {
  const unknown = skews.find((skew) => !isSkew(skew));
  if (unknown !== undefined) {
    throw new TypeError(`Unknown skew "${unknown}"; valid values are ${tenantSkews.join(', ')}`);
  }
  const share = withoutCreatedDateTime;
  if (share !== undefined && !(share >= 0 && share <= 1)) {
    throw new TypeError(`withoutCreatedDateTime is a share from 0 to 1, not ${share}`);
  }
  return {
    hasOnePrefix: skews.includes('one-prefix'),
    hasOneSecond: skews.includes('one-second'),
    isHalfGuests: skews.includes('half-guests'),
    hasManagerCycle: skews.includes('manager-cycle'),
    withoutCreatedDateTime: share,
    startedAt: Math.floor(startedAt / 3_600_000) * 3_600,
  };
}
