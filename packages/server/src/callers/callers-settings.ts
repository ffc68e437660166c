import { z } from 'zod';

import { roles } from './role.ts';

const guid = z
  .string()
  .regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu, 'must be a GUID')
  .toLowerCase();
const text = z.string().min(1, 'must not be empty').max(256, 'is longer than 256 characters');
const callerName = z
  .string()
  .regex(/^[\w.-]{1,64}$/u, 'must be 1 to 64 letters, digits, dots, hyphens or underscores');
const grantedRoles = z
  .array(z.enum(roles, `must be one of ${roles.join(', ')}`))
  .min(1, 'must name at least one role');
const property = z.string().regex(/^[A-Za-z]\w*$/u, 'must be the name of a property of users');

/** Tokens for these are issued for Graph, to any application of the tenant. */
const graph: ReadonlySet<string> = new Set([
  '00000003-0000-0000-c000-000000000000',
  'https://graph.microsoft.com',
  'https://graph.microsoft.com/',
]);

const audience = text.refine(
  (value) => !graph.has(value.toLowerCase()),
  'is Microsoft Graph: use the client ID or the App ID URI of the registration of this server',
);

function isOrigin(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && url.origin === value && /^https?:$/u.test(url.protocol);
}

function hasNoRepetition(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

const entra = z.strictObject({
  tenants: z.array(guid).min(1, 'must name at least one tenant'),
  audiences: z.array(audience).min(1, 'must name at least one audience'),
  applications: z.array(guid).min(1, 'must name at least one application').optional(),
  authority: z
    .string()
    .refine(
      (value) => isOrigin(value) && value.startsWith('https:'),
      'must be https://HOST without a path',
    )
    .default('https://login.microsoftonline.com'),
  caFile: text.optional(),
  delegated: z.boolean('must be true or false').default(false),
});

const key = z.strictObject({
  name: callerName,
  sha256: z
    .array(
      z
        .string()
        .regex(/^[\da-f]{64}$/iu, 'must be a SHA-256 hash of `rollcall-server keys create`'),
    )
    .min(1, 'must contain one hash')
    .max(2, 'can contain two hashes, for the time of a rotation'),
  roles: grantedRoles,
});

const certificates = z.strictObject({
  caFile: text,
  clients: z
    .array(z.strictObject({ name: callerName, subject: text, roles: grantedRoles }))
    .min(1, 'must name at least one client')
    .refine(
      (clients) => hasNoRepetition(clients.map(({ subject }) => subject)),
      'contains a subject twice',
    ),
});

/** The file of callers: who can use the server, and what each role can read. */
export const callersSchema = z
  .strictObject({
    entra: entra.optional(),
    keys: z.array(key).optional(),
    certificates: certificates.optional(),
    fields: z.partialRecord(z.enum(roles), z.array(property)).default({}),
    origins: z
      .array(z.string().refine(isOrigin, 'must be an origin such as https://app.example.com'))
      .default([]),
  })
  .refine(
    ({ entra: tokens, keys = [], certificates: clients }) =>
      tokens !== undefined || keys.length > 0 || clients !== undefined,
    'must contain entra, keys or certificates',
  )
  .refine(
    ({ keys = [], certificates: clients }) =>
      hasNoRepetition([...keys, ...(clients?.clients ?? [])].map(({ name }) => name)),
    'contains a name twice',
  )
  .refine(
    ({ keys = [] }) => hasNoRepetition(keys.flatMap(({ sha256 }) => sha256)),
    'contains a hash twice',
  );

export type CallersSettings = z.output<typeof callersSchema>;
