import type { Role } from './role.ts';

/** An authenticated caller. */
export interface Caller {
  /** Unique among all callers of this server: what limits and page links are bound to. */
  readonly id: string;
  /**
   * For logs: the name in the file of callers, or the ID of the application; absent when callers are not
   * authenticated.
   */
  readonly name: string | undefined;
  readonly roles: ReadonlySet<Role>;
}
