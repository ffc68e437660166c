import { MassDeleteError } from '../errors/mass-delete-error.ts';
import type { Identified } from '../paging/read-page.ts';
import type { Round } from './round.ts';

export interface ApplyRoundOptions {
  /** Applies the round although it deletes more than a tenth of the users, and more than 500. */
  readonly allowMassDelete?: boolean | undefined;
}

/** Entra Connect also stops at 500 deletions ("Prevent accidental deletes"); the share is our own judgement. */
const most = { users: 500, share: 0.1 } as const;

/** The number of users of the copy that would be deleted, without users that are restored in the same round. */
function countDeleted<Item>(
  copy: ReadonlyMap<string, unknown>,
  { first, changes }: Pick<Round<Item>, 'first' | 'changes'>,
): number {
  let deleted = 0;
  if (first) for (const id of copy.keys()) deleted += changes.get(id)?.user === undefined ? 1 : 0;
  else for (const [id, { user }] of changes) deleted += user === undefined && copy.has(id) ? 1 : 0;
  return deleted;
}

/**
 * Applies a round to a copy of the directory and returns a new copy: the former one and its users stay unchanged, so
 * that readers see the former state until the caller replaces it in one step. A first round replaces the copy.
 * @returns the users by id, without the deleted ones
 * @throws {MassDeleteError} when it would delete more than a tenth of the users, and more than 500
 *
 * @example
 * copy = applyRound(copy, await readRound(directory.users.changes(end)));
 */
export function applyRound<Item extends Identified>(
  copy: ReadonlyMap<string, NoInfer<Item>>,
  round: Pick<Round<Item>, 'first' | 'changes'>,
  { allowMassDelete = false }: ApplyRoundOptions = {},
): Map<string, Item> {
  const deleted = countDeleted(copy, round);
  if (!allowMassDelete && deleted > most.users && deleted > copy.size * most.share)
    throw new MassDeleteError({ deleted, users: copy.size });
  const { first, changes } = round;
  const next = first ? new Map<string, Item>() : new Map<string, Item>(copy);
  for (const [id, change] of changes) {
    if (change.removed !== undefined) {
      next.delete(id);
      continue;
    }
    const known = change.isRestored ? undefined : next.get(id);
    next.set(id, known === undefined ? change.user : { ...known, ...change.user });
  }
  return next;
}
