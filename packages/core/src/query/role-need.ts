/** Something that a query asks for, and what lets an application have it. */
export interface RoleNeed {
  /** `lists users`, `reads signInActivity` … */
  readonly what: string;
  /** Application permissions, any one of which is enough, the least first. */
  readonly anyOf: readonly [string, ...string[]];
}

/** From Graph's reference of "List users", least privilege first. */
export const listsUsers: RoleNeed = {
  what: 'lists users',
  anyOf: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
};
