import { QueryError, type QueryIssue } from '../../errors/query-error.ts';
import { nearestName } from '../../nearest-name.ts';
import type { UserCollection } from '../user-collection.ts';
import { allUsers } from './all-users.ts';
import type { Collection } from './collection.ts';
import { deletedUsers } from './deleted-users.ts';
import { membersOfGroup } from './group-members.ts';
import { directReportsOf } from './direct-reports.ts';

/** The collections that belong to an object, by the member of `of` that names the object. */
const owned = {
  group: {
    flags: ['transitive'],
    create: ({ group, transitive = false }: OfGroup) => membersOfGroup(group, transitive),
  },
  reportsOf: { flags: [], create: ({ reportsOf }: OfReports) => directReportsOf(reportsOf) },
} satisfies Record<string, OwnedKind>;

interface OwnedKind {
  /** The other members that `of` can have: true or false. */
  readonly flags: readonly string[];
  create(of: never): Collection;
}

type OfGroup = Extract<UserCollection, { readonly group: string }>;
type OfReports = Extract<UserCollection, { readonly reportsOf: string }>;

const forms = `'deleted' or { ${Object.keys(owned).join(' } or { ')} }`;

function issue(message: string, hint: string, part = 'of'): QueryIssue {
  return { part, message, hint };
}

/** The members that have a value. */
function membersOf(of: object): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(of).filter(([, value]) => value !== undefined);
}

/** What is wrong with the members of `of`. */
function memberIssues(of: object): readonly QueryIssue[] {
  const members = membersOf(of);
  const owners = members.map(([name]) => name).filter((name) => Object.hasOwn(owned, name));
  const [owner] = owners;
  if (owners.length > 1)
    return [issue(`names more than one collection: ${owners.join(', ')}`, `Use ${forms}.`)];
  const kinds: Readonly<Record<string, OwnedKind>> = owned;
  const flags = owner === undefined ? [] : (kinds[owner]?.flags ?? []);
  const issues = members.flatMap(([name, value]): readonly QueryIssue[] => {
    if (name === owner)
      return typeof value === 'string' && value.trim() !== ''
        ? []
        : [issue('must be text that is not empty', 'Pass an ID or a name.', name)];
    if (flags.includes(name))
      return typeof value === 'boolean'
        ? []
        : [issue('must be true or false', 'Correct the type of the option.', name)];
    const nearest = nearestName(name, [...Object.keys(owned), ...flags]);
    const hint = nearest === undefined ? `Use ${forms}.` : `Did you mean ${nearest}?`;
    return [issue(`unknown option ${JSON.stringify(name.slice(0, 40))}`, hint)];
  });
  return owner === undefined && issues.length === 0
    ? [issue('names no collection', `Use ${forms}, or omit \`of\` to list all users.`)]
    : issues;
}

/**
 * Checks the collection that a program passes: its form and what it names.
 * @returns every problem
 */
export function collectionIssues(of: unknown): readonly QueryIssue[] {
  if (of === undefined || of === 'deleted') return [];
  if (typeof of !== 'object' || of === null || Array.isArray(of))
    return [issue(`must be ${forms}`, 'Omit `of` to list all users.')];
  const issues = memberIssues(of);
  if (issues.length > 0) return issues;
  try {
    collectionOf(of as UserCollection);
    return [];
  } catch (error) {
    if (error instanceof QueryError) return error.issues;
    throw error;
  }
}

/** Returns a collection without what has no effect, so that equal collections have equal fingerprints. */
export function normalizedCollection(of: UserCollection): UserCollection {
  if (of === 'deleted') return of;
  const members = membersOf(of).filter(([, value]) => value !== false);
  return Object.fromEntries(members) as unknown as UserCollection;
}

/** The facts about the collection of a query. @throws {QueryError} when it names something that cannot exist */
export function collectionOf(of: UserCollection | undefined): Collection {
  if (of === undefined) return allUsers;
  if (of === 'deleted') return deletedUsers;
  return 'group' in of ? owned.group.create(of) : owned.reportsOf.create(of);
}
