import type { UserQuery } from '@rollcall/core';

/** Returns the `@odata.context` of users with a selection. */
export function contextOf(root: string, { select }: UserQuery): string {
  const properties = select === undefined ? '' : `(${select.join(',')})`;
  return `${root}/$metadata#users${properties}`;
}
