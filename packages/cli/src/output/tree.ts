import type { UserQuery } from '@rollcall/core';

import type { Console } from '../terminal/console.ts';

/** The properties of a tree without `--select`. */
const treeProperties = ['displayName', 'userPrincipalName', 'jobTitle'];

/** Returns the properties that a tree shows: the name, by which it is ordered, is always one of them. */
export function treeSelection(select: readonly string[] | undefined): readonly string[] {
  if (select === undefined || select.length === 0) return treeProperties;
  return select.some((name) => name.toLowerCase() === 'displayname')
    ? select
    : ['displayName', ...select];
}

/** Returns the query of a tree: it needs the manager of each user. */
export function treeQuery(query: UserQuery): UserQuery {
  return { ...query, select: [...treeSelection(query.select), 'manager.id'] };
}

interface Member {
  readonly displayName?: string | null | undefined;
  readonly id?: string | undefined;
}

/** Warns of users whose managers lead back to themselves. */
export function reportManagerCycles(
  cycles: readonly (readonly Member[])[],
  console: Pick<Console, 'say' | 'paint'>,
): void {
  for (const cycle of cycles) {
    const names = cycle.map(({ displayName, id }) => `${displayName ?? 'unnamed'} (${id ?? ''})`);
    console.say({
      level: 'warn',
      event: 'manager-cycle',
      text: `${console.paint('warning', 'warning:')} The managers of these users lead back to themselves: ${names.join(', ')}. The first one is shown at the top.`,
      facts: { ids: cycle.map(({ id }) => id) },
    });
  }
}
