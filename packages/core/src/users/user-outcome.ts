import type { User } from '@microsoft/microsoft-graph-types';

/** The outcome of one id: the user, or the error. */
export type UserOutcome<Item = User> =
  | { readonly id: string; readonly user: Item }
  | { readonly id: string; readonly error: Error };
