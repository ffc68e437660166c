/** What a caller can be allowed to do. A route names the one that it requires. */
export const roles = ['Users.Read', 'Users.Export', 'Admin'] as const;

export type Role = (typeof roles)[number];
