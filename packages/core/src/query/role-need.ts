/** Something that a query asks for, and what lets an application have it. */
export interface RoleNeed {
  /** `lists users`, `reads signInActivity` … */
  readonly what: string;
  /** Application permissions, any one of which is enough, the least first. */
  readonly anyOf: readonly [string, ...string[]];
}

/** From Graph's reference of "List group members", least privilege first. */
export const readsGroupMembers: RoleNeed = {
  what: 'reads the members of groups',
  anyOf: [
    'GroupMember.Read.All',
    'Group.Read.All',
    'GroupMember.ReadWrite.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
};

/** From Graph's reference of "List subscribedSkus", least privilege first. */
export const readsSubscriptions: RoleNeed = {
  what: 'reads the licenses of the tenant',
  anyOf: [
    'LicenseAssignment.Read.All',
    'Organization.Read.All',
    'Organization.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
};

/** From Graph's reference of "List users", least privilege first. */
export const listsUsers: RoleNeed = {
  what: 'lists users',
  anyOf: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
};
