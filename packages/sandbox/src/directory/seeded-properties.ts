import type { ObjectIds } from './object-id.ts';
import { loginOf, partnerOf, pick, type SeededPerson } from './seeded-person.ts';
import {
  afterCreation,
  createdAt,
  day,
  firstDay,
  instant,
  signInActivity,
} from './seeded-times.ts';
import type { UserPropertyName, UserValue } from './user-values.ts';
import { flourishes } from './names.ts';
import {
  departments,
  jobTitles,
  licence,
  places,
  rooms,
  type Place,
  premiumLicence,
} from './workplaces.ts';

export interface Tenancy {
  readonly ids: ObjectIds;
  /** The verified domain of logins, e.g. `contoso.com`. */
  readonly domain: string;
}

type Reader = (person: SeededPerson, tenancy: Tenancy) => UserValue;

function isPerson({ kind }: SeededPerson): boolean {
  return kind === 'member' || kind === 'guest';
}

function placeOf(person: SeededPerson): Place {
  return pick(places, person.traits[2] >>> 3);
}

function extension(person: SeededPerson): string {
  return String(100 + (person.traits[3] % 900));
}

function upn(person: SeededPerson, { domain }: Tenancy): string {
  const login = loginOf(person);
  return person.kind === 'guest'
    ? `${login}_${partnerOf(person)}#EXT#@${domain}`
    : `${login}@${domain}`;
}

/** Members and rooms have a mailbox but for one in 25; a guest's mail is the address they were invited by. */
export function hasMail(person: SeededPerson): boolean {
  return person.kind !== 'service' && person.traits[1] % 25 !== 7;
}

function mail(person: SeededPerson, { domain }: Tenancy): string | null {
  if (!hasMail(person)) return null;
  return `${loginOf(person)}@${person.kind === 'guest' ? partnerOf(person) : domain}`;
}

function synced(person: SeededPerson): boolean {
  return person.kind === 'member' && person.traits[1] % 3 === 0;
}

function displayName(person: SeededPerson): string {
  const { kind, pool, given, surname, slot, traits } = person;
  if (kind === 'room') return `Conf Room ${pick(rooms, traits[2])} ${slot}`;
  if (kind === 'service') return `Backup Service ${slot}`;
  const name =
    pool.joined === true
      ? `${surname.written}${given.written}`
      : `${given.written} ${surname.written}`;
  return traits[3] % 97 === 0 ? name + pick(flourishes, traits[3] >>> 8) : name;
}

/** How the seed fills each property. A property that no row names is null on every seeded user. */
export const seededProperties: { readonly [name in UserPropertyName]?: Reader } = {
  id: ({ slot }, { ids }) => ids.of(slot),
  userPrincipalName: upn,
  mail,
  displayName,
  givenName: (person) => (isPerson(person) ? person.given.written : null),
  surname: (person) => (isPerson(person) ? person.surname.written : null),
  businessPhones: (person) =>
    isPerson(person) && person.traits[3] % 3 !== 0
      ? [placeOf(person).dialling + extension(person)]
      : [],
  mobilePhone: (person) =>
    person.kind === 'member' && person.traits[1] % 4 === 0
      ? `${placeOf(person).dialling}9${extension(person)}`
      : null,
  jobTitle: (person) => (person.kind === 'member' ? pick(jobTitles, person.traits[1] >>> 7) : null),
  officeLocation: (person) =>
    person.kind === 'guest' ? null : `${18 + (person.traits[2] % 20)}/${extension(person)}`,
  preferredLanguage: (person) =>
    isPerson(person) && person.traits[0] % 4 !== 0 ? person.pool.language : null,
  accountEnabled: (person) => person.kind !== 'room' && person.traits[2] % 11 !== 0,
  ageGroup: (person) => (person.traits[3] % 500 === 1 ? 'Minor' : null),
  consentProvidedForMinor: (person) => (person.traits[3] % 500 === 1 ? 'Granted' : null),
  legalAgeGroupClassification: (person) =>
    person.traits[3] % 500 === 1 ? 'MinorWithParentalConsent' : null,
  assignedLicenses: (person) =>
    person.kind === 'member' && person.traits[2] % 7 !== 0
      ? [
          {
            disabledPlans: [],
            skuId: (person.traits[2] % 7 === 1 ? premiumLicence : licence).skuId,
          },
        ]
      : [],
  assignedPlans: (person) =>
    person.kind === 'member' && person.traits[2] % 7 !== 0
      ? [
          {
            assignedDateTime: instant(createdAt(person) ?? firstDay),
            capabilityStatus: 'Enabled',
            service: 'exchange',
            servicePlanId: licence.exchangePlanId,
          },
        ]
      : [],
  provisionedPlans: () => [],
  city: (person) => (person.kind === 'member' ? placeOf(person).city : null),
  state: (person) => (person.kind === 'member' ? placeOf(person).state : null),
  country: (person) => (person.kind === 'member' ? placeOf(person).country : null),
  postalCode: (person) => (person.kind === 'member' ? placeOf(person).postalCode : null),
  streetAddress: (person) => (person.kind === 'member' ? placeOf(person).street : null),
  usageLocation: (person) => (person.kind === 'member' ? placeOf(person).usageLocation : null),
  companyName: (person) => (person.kind === 'guest' ? partnerOf(person) : null),
  department: (person) =>
    person.kind === 'member' ? pick(departments, person.traits[3] >>> 5) : null,
  createdDateTime: (person) => {
    const seconds = createdAt(person);
    return seconds === null ? null : instant(seconds);
  },
  creationType: (person) => (person.kind === 'guest' ? 'Invitation' : null),
  employeeId: (person) =>
    person.kind === 'member' && person.traits[0] % 9 !== 0
      ? String(person.slot + 1).padStart(7, '0')
      : null,
  employeeType: (person) =>
    person.kind === 'member'
      ? pick(['Employee', 'Contractor', null], person.traits[2] >>> 9)
      : null,
  employeeHireDate: (person) => {
    const seconds = createdAt(person);
    return seconds === null || person.kind !== 'member'
      ? null
      : instant(seconds - (seconds % day) - day);
  },
  externalUserState: (person) =>
    person.kind === 'guest' ? pick(['Accepted', 'PendingAcceptance'], person.traits[3]) : null,
  externalUserStateChangeDateTime: (person) =>
    person.kind === 'guest' ? afterCreation(person, day) : null,
  identities: (person, tenancy) => [
    {
      signInType: 'userPrincipalName',
      issuer: tenancy.domain,
      issuerAssignedId: upn(person, tenancy),
    },
  ],
  imAddresses: (person, tenancy) => {
    const address = mail(person, tenancy);
    return person.kind === 'member' && address !== null ? [address] : [];
  },
  lastPasswordChangeDateTime: (person) => afterCreation(person, person.traits[1] % (90 * day)),
  signInSessionsValidFromDateTime: (person) => instant(createdAt(person) ?? firstDay),
  mailNickname: (person) => loginOf(person).replaceAll(/[^\w.-]/g, ''),
  onPremisesExtensionAttributes: (person) =>
    Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => [
        `extensionAttribute${index + 1}`,
        synced(person) && index === 0 ? `CC-${person.traits[2] % 50}` : null,
      ]),
    ),
  onPremisesDomainName: (person, { domain }) => (synced(person) ? `corp.${domain}` : null),
  onPremisesDistinguishedName: (person, { domain }) =>
    synced(person)
      ? `CN=${loginOf(person)},OU=People,${domain
          .split('.')
          .map((label) => `DC=${label}`)
          .join(',')}`
      : null,
  onPremisesImmutableId: (person, { ids }) =>
    synced(person)
      ? Buffer.from(ids.of(person.slot).replaceAll('-', ''), 'hex').toString('base64')
      : null,
  onPremisesLastSyncDateTime: (person) =>
    synced(person) ? instant(person.shape.startedAt - (person.traits[3] % day)) : null,
  onPremisesProvisioningErrors: () => [],
  onPremisesSamAccountName: (person) =>
    synced(person) ? `${person.given.login}${person.slot}`.slice(-20) : null,
  onPremisesSecurityIdentifier: (person) =>
    synced(person) ? `S-1-5-21-2127521184-1604012920-1887927527-${1000 + person.slot}` : null,
  onPremisesSyncEnabled: (person) => (synced(person) ? true : null),
  onPremisesUserPrincipalName: (person, tenancy) => (synced(person) ? upn(person, tenancy) : null),
  otherMails: (person, tenancy) => {
    const address = person.kind === 'guest' ? mail(person, tenancy) : null;
    return address === null ? [] : [address];
  },
  passwordPolicies: (person) => (person.kind === 'service' ? 'DisablePasswordExpiration' : null),
  proxyAddresses: (person, tenancy) => {
    const address = mail(person, tenancy);
    return address === null ? [] : [`SMTP:${address}`];
  },
  securityIdentifier: (person) =>
    `S-1-12-1-${person.traits[0]}-${person.traits[1]}-${person.traits[2]}-${person.traits[3]}`,
  authorizationInfo: (person, tenancy) => ({
    certificateUserIds: synced(person) ? [`X509:<PN>${upn(person, tenancy)}`] : [],
  }),
  employeeOrgData: (person) =>
    person.kind === 'member'
      ? {
          costCenter: `CC-${person.traits[2] % 50}`,
          division: pick(['Products', 'Sales', 'Operations'], person.traits[3]),
        }
      : null,
  isResourceAccount: (person) => (person.kind === 'room' ? true : null),
  licenseAssignmentStates: () => [],
  serviceProvisioningErrors: () => [],
  showInAddressList: (person) => (person.kind === 'guest' ? false : null),
  signInActivity,
  userType: (person) => (person.kind === 'guest' ? 'Guest' : 'Member'),
};
