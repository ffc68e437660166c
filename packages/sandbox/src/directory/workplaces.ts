export interface Place {
  readonly city: string;
  readonly state: string | null;
  readonly country: string;
  readonly usageLocation: string;
  readonly postalCode: string;
  readonly street: string;
  readonly dialling: string;
}

function place(row: string): Place {
  const [city, state, country, usageLocation, postalCode, street, dialling] = row.split('|');
  return {
    city: city!,
    state: state === '' ? null : state!,
    country: country!,
    usageLocation: usageLocation!,
    postalCode: postalCode!,
    street: street!,
    dialling: dialling!,
  };
}

export const places: readonly Place[] = [
  'Seattle|WA|United States|US|98101|9256 Towne Center Dr.|+1 206 555 ',
  'Oslo||Norway|NO|0150|Karl Johans gate 1|+47 22 55 ',
  "Coeur d'Alene|ID|United States|US|83814|201 N. Front Ave.|+1 208 555 ",
  'München|Bayern|Germany|DE|80331|Kaufingerstraße 12|+49 89 5550 ',
  'São Paulo|SP|Brazil|BR|01310-100|Av. Paulista 1578|+55 11 5555 ',
  '東京|東京都|Japan|JP|100-0001|千代田1-1|+81 3 5550 ',
  'القاهرة||Egypt|EG|11511|شارع التحرير|+20 2 555 ',
  "L'Aquila|AQ|Italy|IT|67100|Corso Vittorio Emanuele 5|+39 0862 55 ",
].map(place);

export const departments: readonly (string | null)[] = [
  'Engineering',
  'Sales',
  'Research & Development',
  'Finance',
  'HR',
  "People's Office",
  'IT: Support',
  null,
];

export const jobTitles: readonly (string | null)[] = [
  'Engineer',
  'Senior Engineer',
  'Account Manager',
  'CVP Finance',
  "Director's Assistant",
  'Principal, Cloud + AI',
  'Auditor',
  null,
];

export const partners: readonly string[] = [
  'fabrikam.com',
  'adatum.com',
  'gmail.com',
  'tailspin-toys.co.uk',
];

export const rooms: readonly string[] = ['Adams', 'Baker', 'Crystal', 'Hood', 'Rainier', 'Stevens'];

/** Microsoft 365 E5, which some users have instead. */
export const premiumLicence = { skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06' };

/** Licence and plan ids that many tenants hold: Office 365 E3 and Exchange Online in it. */
export const licence = {
  skuId: '6fd2c87f-b296-42f0-b197-1e91e994b900',
  exchangePlanId: 'efb87545-963c-4e0d-99df-69c6916d9eb0',
};
