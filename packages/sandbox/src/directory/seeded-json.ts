import type { SeededPerson } from './seeded-person.ts';
import { seededProperties, type Tenancy } from './seeded-properties.ts';
import type { UserPropertyName, UserValue } from './user-values.ts';

type JsonReader = (person: SeededPerson, tenancy: Tenancy) => string;

/** For values whose alphabet is known to need no escape: half the cost of `JSON.stringify`. */
function quote(value: UserValue | undefined): string {
  return value === null || value === undefined ? 'null' : `"${value as string}"`;
}

function plain(name: UserPropertyName): JsonReader {
  const read = seededProperties[name]!;
  return (person, tenancy) => quote(read(person, tenancy));
}

function escaped(name: UserPropertyName): JsonReader {
  const read = seededProperties[name];
  return (person, tenancy) => JSON.stringify(read?.(person, tenancy) ?? null);
}

const displayName = escaped('displayName');

/**
 * The properties of a default answer, written by hand because a page has eleven thousand of them. Everything else
 * goes through `JSON.stringify`. Both say the same: a test compares them over many users.
 */
const quick: { readonly [name in UserPropertyName]?: JsonReader } = {
  id: plain('id'),
  userPrincipalName: plain('userPrincipalName'),
  mail: plain('mail'),
  mobilePhone: plain('mobilePhone'),
  officeLocation: plain('officeLocation'),
  preferredLanguage: plain('preferredLanguage'),
  jobTitle: plain('jobTitle'),
  givenName: (person) =>
    person.kind === 'member' || person.kind === 'guest' ? person.given.json : 'null',
  surname: (person) =>
    person.kind === 'member' || person.kind === 'guest' ? person.surname.json : 'null',
  displayName: (person, tenancy) => {
    const { kind, pool, traits, given, surname } = person;
    const simple = kind === 'member' || kind === 'guest';
    if (!simple || pool.joined === true || traits[3] % 97 === 0)
      return displayName(person, tenancy);
    return `"${given.written} ${surname.written}"`;
  },
  businessPhones: (person, tenancy) => {
    const phones = seededProperties.businessPhones!(person, tenancy) as readonly string[];
    return phones.length === 0 ? '[]' : `["${phones[0]!}"]`;
  },
};

/** A seeded property as JSON text. */
export function seededJson(name: UserPropertyName): JsonReader {
  return quick[name] ?? escaped(name);
}
