import type { People } from '../../directory/people.ts';
import { createPieceStore, type PieceStore } from '../../directory/piece-store.ts';
import type { UserPropertyName } from '../../directory/user-values.ts';
import type { Utf8Text } from '../../directory/utf8-text.ts';
import { createUserWriter, type UserWriter } from './user-writer.ts';

/** Memory for serialised users, over all selections: the default properties of a million users take 360 MB. */
const mostBytes = 2 ** 30;

/**
 * Users as JSON objects with commas between them. Each user is serialised once for each selection of properties and
 * then copied, which takes a twentieth of the time: a benchmark reads the same users again and again, and the sandbox
 * must not be what it measures.
 */
export interface WrittenUsers {
  /** Appends the users of these slots, who must be live. */
  write(slots: readonly number[], properties: readonly UserPropertyName[], out: Utf8Text): void;
}

/** The users of one selection, each with a comma before it. */
interface Selection {
  readonly write: UserWriter;
  readonly pieces: PieceStore;
}

/** @param limit bytes of memory for serialised users */
export function createWrittenUsers(people: People, limit = mostBytes): WrittenUsers {
  /** The selection that was used last is the last one. */
  const selections = new Map<string, Selection>();
  let revision = people.revision;

  function forgetChanged(): void {
    if (revision === people.revision) return;
    for (const { slot } of people.changes(revision, people.revision)) {
      for (const { pieces } of selections.values()) pieces.forget(slot);
    }
    revision = people.revision;
  }

  function isWithinLimit(bytes: number): boolean {
    let total = bytes;
    for (const { pieces } of selections.values()) total += pieces.size;
    return total <= limit;
  }

  /** Makes room in the selection in use by dropping the one that was used least recently. */
  function mayGrow(bytes: number): boolean {
    while (!isWithinLimit(bytes)) {
      const [oldest] = selections.keys();
      // A listing larger than the limit would push out its own users just before they are wanted again.
      if (oldest === undefined || selections.size === 1) return false;
      selections.delete(oldest);
    }
    return true;
  }

  function selectionOf(properties: readonly UserPropertyName[]): Selection {
    const key = properties.join();
    const found = selections.get(key) ?? {
      write: createUserWriter(properties),
      pieces: createPieceStore({ mayGrow }),
    };
    selections.delete(key);
    selections.set(key, found);
    const { pieces } = found;
    if (pieces.wasted > 0 && pieces.wasted * 2 > pieces.size) pieces.clear();
    return found;
  }

  return {
    write(slots, properties, out) {
      forgetChanged();
      const { write, pieces } = selectionOf(properties);
      let isFirst = true;
      let index = 0;
      while (index < slots.length) {
        index += pieces.copyFrom(slots, index, (block, start, end) => {
          out.bytes(block, isFirst ? start + 1 : start, end);
          isFirst = false;
        });
        const slot = slots[index];
        if (slot === undefined) return;
        const from = out.length;
        out.ascii(',{');
        write(people.at(slot)!, out);
        out.ascii('}');
        pieces.keep(slot, out.since(from));
        if (isFirst) out.dropByte(from);
        isFirst = false;
        index += 1;
      }
    },
  };
}
