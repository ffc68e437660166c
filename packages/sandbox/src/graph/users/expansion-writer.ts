import type { User } from '../../directory/people.ts';
import type { Utf8Text } from '../../directory/utf8-text.ts';
import type { Expansion, Relation } from '../query/expand.ts';
import type { Directory } from '../graph-request.ts';
import { createManagerWriter } from './manager-chain.ts';
import { reportsOf } from './reports-of.ts';
import { createUserWriter } from './user-writer.ts';

/** What relations lead to. */
type Known = Pick<Directory, 'people' | 'groups'>;

type Write = (user: User, out: Utf8Text) => void;

function createReportsWriter({ people }: Known, { selection }: Expansion): Write {
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

/** Groups have the properties of users in common with Graph's answer only in ID and name. */
function createGroupsWriter({ groups }: Known): Write {
  return ({ slot }, out) => {
    out.ascii(',"memberOf":');
    out.json(
      groups.of(slot).map(({ id, displayName }) => ({
        '@odata.type': '#microsoft.graph.group',
        id,
        displayName,
      })),
    );
  };
}

const writers = {
  manager: ({ people }, expansion) => createManagerWriter(people, expansion),
  directReports: createReportsWriter,
  memberOf: createGroupsWriter,
} satisfies Record<Relation, (known: Known, expansion: Expansion) => Write>;

/** Appends the expanded relation after the members of a user. */
export function createExpansionWriter(known: Known, expansion: Expansion): Write {
  return writers[expansion.relation](known, expansion);
}
