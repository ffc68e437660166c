import type { People, User } from '../../directory/people.ts';
import type { Utf8Text } from '../../directory/utf8-text.ts';
import type { Expansion } from '../query/expand.ts';
import { createUserWriter } from './user-writer.ts';

/** Appends `,"manager":{…}` with the requested number of levels; nothing for a user without a manager. */
export function createManagerWriter(
  people: People,
  { levels, selection }: Expansion,
): (user: User, out: Utf8Text) => void {
  const write = createUserWriter(selection.properties);
  return (user, out) => {
    let manager = people.managerOf(user);
    let depth = 0;
    for (; manager !== undefined && depth < levels; depth += 1) {
      out.text(',"manager":{"@odata.type":"#microsoft.graph.user",');
      write(manager, out);
      manager = people.managerOf(manager);
    }
    out.text('}'.repeat(depth));
  };
}
