import { isCollection, typeOfProperty } from './property-types.ts';
import {
  userProperties,
  type UserPropertyName,
  type UserValue,
  type UserValues,
} from './user-values.ts';

/** A user as a file or a test describes it: properties in the names and values of Graph's JSON. */
export type GivenUser = { readonly [name in UserPropertyName]?: UserValue | undefined };

/** Problems that are named in one error. */
const mostProblems = 10;

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;
const names = new Map<string, UserPropertyName>(
  userProperties.map((name) => [name.toLowerCase(), name]),
);

const checks: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  'Edm.Boolean': [(value) => typeof value === 'boolean', 'true or false'],
  'Edm.String': [(value) => typeof value === 'string', 'text'],
  'Edm.DateTimeOffset': [
    (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
    'a time, such as 2026-11-25T08:00:00Z',
  ],
};

function expectedOf(name: UserPropertyName, value: unknown): string | undefined {
  if (value === null) return undefined;
  if (isCollection(name)) return Array.isArray(value) ? undefined : 'a list';
  const [fits, expected] = checks[typeOfProperty(name)] ?? [
    (given: unknown) => typeof given === 'object' && !Array.isArray(given),
    'an object',
  ];
  if (!fits(value)) return expected;
  return name === 'id' && !guid.test(value as string) ? 'a GUID' : undefined;
}

/**
 * Checks users that come from a file or a test.
 * @param placeOf how errors name the n-th user, such as `row 3`
 * @throws {TypeError} naming the first ten problems with their places
 */
export function readGivenUsers(
  given: readonly unknown[],
  placeOf: (index: number) => string = (index) => `user ${index + 1}`,
): readonly UserValues[] {
  const problems: string[] = [];
  const seen = new Map<string, number>();

  function noteDuplicate(name: UserPropertyName, value: unknown, index: number): void {
    if (typeof value !== 'string' || (name !== 'id' && name !== 'userPrincipalName')) return;
    const key = `${name} ${value.toLowerCase()}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else problems.push(`${placeOf(index)}: ${name} "${value}" is also that of ${placeOf(first)}`);
  }

  function readUser(user: unknown, index: number): UserValues {
    if (typeof user !== 'object' || user === null || Array.isArray(user)) {
      problems.push(`${placeOf(index)}: expected an object with the properties of a user`);
      return {};
    }
    const values: [UserPropertyName, UserValue][] = [];
    for (const [written, value] of Object.entries(user) as [string, UserValue | undefined][]) {
      if (value === undefined || written.startsWith('@')) continue;
      const name = names.get(written.toLowerCase());
      if (name === undefined) {
        problems.push(`${placeOf(index)}: a user has no property "${written}"`);
        continue;
      }
      const expected = expectedOf(name, value);
      if (expected !== undefined) problems.push(`${placeOf(index)}: ${name} is ${expected}`);
      noteDuplicate(name, value, index);
      // A value that is absent reads as null, and a delta query leaves it out.
      if (value === null) continue;
      values.push([name, name === 'id' ? (value as string).toLowerCase() : value]);
    }
    return Object.fromEntries(values);
  }

  const users = given.map(readUser);
  if (problems.length > 0) {
    const shown = problems.slice(0, mostProblems).join('\n  ');
    const more = problems.length - mostProblems;
    throw new TypeError(`Invalid users:\n  ${shown}${more > 0 ? `\n  and ${more} more` : ''}`);
  }
  return users;
}
