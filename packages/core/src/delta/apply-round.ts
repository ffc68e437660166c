import { MassDeleteError } from '../errors/mass-delete-error.ts';
import type { Identified } from '../paging/read-page.ts';
import type { Round } from './round.ts';

export interface ApplyRoundOptions {
  /** Applies the round although it deletes more than a tenth of the users, and more than 500. */
  readonly allowMassDelete?: boolean | undefined;
}

/** Entra Connect stops at 500 deletions too ("Prevent accidental deletes"); the share is our own judgement. */
const most = { users: 500, share: 0.1 } as const;

/** How many of the copy would be gone: not the unknown, nor those who come back in the same round. */
function countDeleted<Item>(
  copy: ReadonlyMap<string, unknown>,
  { first, changes }: Pick<Round<Item>, 'first' | 'changes'>,
): number {
  let deleted = 0;
  // Whichever of the two knows it; a round of changes is small beside the copy.
  if (first) for (const id of copy.keys()) deleted += changes.get(id)?.user === undefined ? 1 : 0;
  else for (const [id, { user }] of changes) deleted += user === undefined && copy.has(id) ? 1 : 0;
  return deleted;
}

/**
 * A copy of the directory with a round applied: the same as its items laid over the copy one after the other, and for a first
 * round, whoever is in it and nobody else. The copy that was given and the users in it stay as they are, so that readers
 * have the old state until the caller puts the new one in its place, in one step.
 * @returns those who are not deleted, by id
 * @throws {MassDeleteError} when it would delete more than a tenth of the users, and more than 500
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
    const known = change.anew ? undefined : next.get(id);
    next.set(id, known === undefined ? change.user : { ...known, ...change.user });
  }
  return next;
}
