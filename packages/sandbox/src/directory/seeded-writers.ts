import { loginPieces, partnerOf, type SeededPerson } from './seeded-person.ts';
import { hasMail, seededProperties, type Tenancy } from './seeded-properties.ts';
import type { UserPropertyName, UserValue } from './user-values.ts';
import type { Utf8Text } from './utf8-text.ts';

/** Appends a seeded property's value as JSON. */
export type SeededWriter = (person: SeededPerson, tenancy: Tenancy, out: Utf8Text) => void;

/** For values that are ASCII without anything to escape. */
function plain(name: UserPropertyName): SeededWriter {
  const read = seededProperties[name]!;
  return (person, tenancy, out) => {
    quoteAscii(read(person, tenancy), out);
  };
}

function quoteAscii(value: UserValue | undefined, out: Utf8Text): void {
  if (typeof value !== 'string') {
    out.ascii('null');
    return;
  }
  out.ascii('"');
  out.ascii(value);
  out.ascii('"');
}

function anything(name: UserPropertyName): SeededWriter {
  const read = seededProperties[name];
  return (person, tenancy, out) => {
    out.json(read?.(person, tenancy) ?? null);
  };
}

function writeLogin(person: SeededPerson, out: Utf8Text): void {
  const [first, dot, second] = loginPieces(person);
  out.ascii(first);
  out.ascii(dot);
  out.ascii(second);
  out.decimal(person.slot);
}

function writeName(name: 'given' | 'surname'): SeededWriter {
  return (person, _, out) => {
    if (person.kind !== 'member' && person.kind !== 'guest') {
      out.ascii('null');
      return;
    }
    out.ascii('"');
    out.encoded(person[name].encoded);
    out.ascii('"');
  };
}

const displayName = anything('displayName');

/**
 * The properties of a default answer, written piece by piece because a page has eleven thousand of them; everything
 * else goes through `JSON.stringify`. Both say the same as `seededProperties`: a test compares them over many users.
 */
const quick: { readonly [name in UserPropertyName]?: SeededWriter } = {
  id: plain('id'),
  mobilePhone: plain('mobilePhone'),
  officeLocation: plain('officeLocation'),
  preferredLanguage: plain('preferredLanguage'),
  jobTitle: plain('jobTitle'),
  givenName: writeName('given'),
  surname: writeName('surname'),
  userPrincipalName: (person, { domain }, out) => {
    out.ascii('"');
    writeLogin(person, out);
    if (person.kind === 'guest') {
      out.ascii('_');
      out.ascii(partnerOf(person));
      out.ascii('#EXT#');
    }
    out.ascii('@');
    out.ascii(domain);
    out.ascii('"');
  },
  mail: (person, { domain }, out) => {
    if (!hasMail(person)) {
      out.ascii('null');
      return;
    }
    out.ascii('"');
    writeLogin(person, out);
    out.ascii('@');
    out.ascii(person.kind === 'guest' ? partnerOf(person) : domain);
    out.ascii('"');
  },
  displayName: (person, tenancy, out) => {
    const { kind, pool, traits, given, surname } = person;
    const simple = kind === 'member' || kind === 'guest';
    if (!simple || pool.joined === true || traits[3] % 97 === 0) {
      displayName(person, tenancy, out);
      return;
    }
    out.ascii('"');
    out.encoded(given.encoded);
    out.ascii(' ');
    out.encoded(surname.encoded);
    out.ascii('"');
  },
  businessPhones: (person, tenancy, out) => {
    const phones = seededProperties.businessPhones!(person, tenancy) as readonly string[];
    if (phones.length === 0) {
      out.ascii('[]');
      return;
    }
    out.ascii('["');
    out.ascii(phones[0]!);
    out.ascii('"]');
  },
};

export function seededWriter(name: UserPropertyName): SeededWriter {
  return quick[name] ?? anything(name);
}
