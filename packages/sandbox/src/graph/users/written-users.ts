import type { People, User } from '../../directory/people.ts';
import type { UserPropertyName } from '../../directory/user-values.ts';
import type { Utf8Text } from '../../directory/utf8-text.ts';
import { createUserWriter, type UserWriter } from './user-writer.ts';

/** Neighbours that are kept together, and how many bytes are kept in all. */
const neighbours = 16;
const mostBytes = 128 * 2 ** 20;

/**
 * Users as JSON objects with commas between, remembered in runs of neighbouring slots: a sandbox is listed again and
 * again, and copying costs a tenth of writing. What changes is forgotten; when the memory is full it stays as it is,
 * because a listing larger than it would push out every run just before it is wanted again.
 */
export interface WrittenUsers {
  write(users: readonly User[], properties: readonly UserPropertyName[], out: Utf8Text): void;
}

/** The runs of one selection, by the run's number. */
interface Selection {
  readonly write: UserWriter;
  readonly runs: Map<number, Buffer>;
}

export function createWrittenUsers(people: People): WrittenUsers {
  const selections = new Map<string, Selection>();
  let bytes = 0;
  let revision = people.revision;

  function forgetChanged(): void {
    for (const { slot } of people.changes(revision, people.revision)) {
      const run = Math.floor(slot / neighbours);
      for (const { runs } of selections.values()) {
        bytes -= runs.get(run)?.length ?? 0;
        runs.delete(run);
      }
    }
    revision = people.revision;
  }

  function selectionOf(properties: readonly UserPropertyName[]): Selection {
    const key = properties.join();
    const found = selections.get(key) ?? { write: createUserWriter(properties), runs: new Map() };
    selections.set(key, found);
    return found;
  }

  function writeOne({ write }: Selection, user: User, first: boolean, out: Utf8Text): void {
    out.ascii(first ? '{' : ',{');
    write(user, out);
    out.ascii('}');
  }

  function writeRun(
    selection: Selection,
    users: readonly User[],
    from: number,
    out: Utf8Text,
  ): void {
    const run = users[from]!.slot / neighbours;
    const known = selection.runs.get(run);
    if (known !== undefined) {
      out.bytes(known);
      return;
    }
    const start = out.length;
    for (let index = 0; index < neighbours; index += 1) {
      writeOne(selection, users[from + index]!, index === 0, out);
    }
    const size = out.length - start;
    if (bytes + size > mostBytes) return;
    selection.runs.set(run, out.copyFrom(start));
    bytes += size;
  }

  return {
    write(users, properties, out) {
      forgetChanged();
      const selection = selectionOf(properties);
      let index = 0;
      while (index < users.length) {
        const { slot } = users[index]!;
        const last = users[index + neighbours - 1]?.slot;
        if (slot % neighbours === 0 && last === slot + neighbours - 1) {
          if (index > 0) out.ascii(',');
          writeRun(selection, users, index, out);
          index += neighbours;
        } else {
          writeOne(selection, users[index]!, index === 0, out);
          index += 1;
        }
      }
    },
  };
}
