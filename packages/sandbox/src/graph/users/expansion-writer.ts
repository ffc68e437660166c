import type { People, User } from '../../directory/people.ts';
import type { Utf8Text } from '../../directory/utf8-text.ts';
import type { Expansion, Relation } from '../query/expand.ts';
import { createManagerWriter } from './manager-chain.ts';
import { reportsOf } from './reports-of.ts';
import { createUserWriter } from './user-writer.ts';

type Write = (user: User, out: Utf8Text) => void;

function createReportsWriter(people: People, { selection }: Expansion): Write {
  const write = createUserWriter(selection.properties);
  return (user, out) => {
    out.ascii(',"directReports":[');
    reportsOf(people, user).forEach((report, index) => {
      out.text(`${index === 0 ? '' : ','}{"@odata.type":"#microsoft.graph.user",`);
      write(report, out);
      out.ascii('}');
    });
    out.ascii(']');
  };
}

const writers = {
  manager: createManagerWriter,
  directReports: createReportsWriter,
  // The sandbox has no groups.
  memberOf: () => (_, out) => {
    out.ascii(',"memberOf":[]');
  },
} satisfies Record<Relation, (people: People, expansion: Expansion) => Write>;

/** Appends the expanded relation after the members of a user. */
export function createExpansionWriter(people: People, expansion: Expansion): Write {
  return writers[expansion.relation](people, expansion);
}
