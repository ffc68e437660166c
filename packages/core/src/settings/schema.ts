import { z } from 'zod';

import { clouds } from '../cloud.ts';
import type { CredentialSetting } from '../credential/credential-setting.ts';
import type { Strategy, StrategyRegistry } from '../credential/strategy.ts';
import { durationPattern } from './rules/duration.ts';

/** Options of zod for settings. Each schema is used once: compiling it first takes longer than interpreting it. */
export const parseOnce = { reportInput: true, jitless: true } as const;

const text = z.string('must be a string').min(1, 'is empty');
const duration = z
  .string('must be a duration in quotes, such as "90s" or "15m"')
  .regex(durationPattern, 'must be a duration such as 90s, 15m or 1h30m');
const cloudNames = Object.keys(clouds) as [keyof typeof clouds, ...(keyof typeof clouds)[]];

/**
 * Every setting except the credential, in the native form. The schema checks types only; `rules/` check values,
 * because they need the values of all sources.
 */
export const plainSettings = z.strictObject({
  $schema: text.optional().describe('URL of this schema, for editors; ignored'),
  tenant: z
    .string('must be one tenant: an ID or a domain')
    .min(1, 'is empty')
    .optional()
    .describe('Tenant to read: its ID or one of its domains'),
  cloud: z
    .enum(cloudNames, `must be one of ${cloudNames.join(', ')}`)
    .optional()
    .describe('National cloud; sets authority host, Graph root and scope (default global)'),
  authority: text
    .optional()
    .describe(
      'Login host and tenant in one URL, instead of tenant and cloud: for External ID and custom domains',
    ),
  protocol: z
    .enum(['entra', 'oidc'], 'must be entra or oidc')
    .optional()
    .describe(
      'oidc if authority is an OpenID Connect issuer: a custom domain of External ID (default entra)',
    ),
  clientId: text.optional().describe('Application (client) ID'),
  scope: z
    .union([text, z.array(text)], 'must be a string or a list of strings')
    .optional()
    .describe('Scope of the token (default /.default of Microsoft Graph)'),
  graph: text
    .optional()
    .describe('Microsoft Graph base URL, with or without version (default of the cloud)'),
  proxy: text
    .optional()
    .describe('HTTP(S) proxy URL for sign-in and Graph, with user and password if required'),
  noProxy: text
    .optional()
    .describe(
      'Hosts, addresses and ranges (10.0.0.0/8) that are reached without the proxy, with or without a port, separated by commas',
    ),
  caFile: text.optional().describe('PEM file with additional CA certificates'),
  tokenCache: text
    .optional()
    .describe('Token cache: memory, file, file:PATH or redis://… (default memory)'),
  deadline: duration
    .optional()
    .describe('Time limit for a whole operation, including sign-in and all pages (default none)'),
  requestTimeout: duration
    .optional()
    .describe('Timeout of one attempt of one request (default 60s)'),
  maxRetryAfter: duration
    .optional()
    .describe('Longest Retry-After of the service to wait for (default 5m)'),
  allowWeakPermissions: z
    .boolean('must be true or false')
    .optional()
    .describe('Accept key and secret files that other users can read (default false)'),
});

export type PlainSettings = z.output<typeof plainSettings>;

/** Settings outside the credential that can contain a password. */
export const sealedSettings = ['proxy', 'tokenCache'] as const satisfies (keyof PlainSettings)[];

export type SealedSetting = (typeof sealedSettings)[number];

function textSchema({ choices, pattern, canBeEmpty }: CredentialSetting): z.ZodType {
  if (choices !== undefined) return z.enum(choices, `must be one of ${choices.join(', ')}`);
  const schema = z.string('must be a string');
  if (pattern !== undefined) return schema.regex(pattern.matches, pattern.message);
  return canBeEmpty === true ? schema : schema.min(1, 'is empty');
}

const schemas: Record<CredentialSetting['type'], (setting: CredentialSetting) => z.ZodType> = {
  text: textSchema,
  boolean: () => z.boolean('must be true or false'),
  true: () => z.literal(true, 'must be true'),
  list: () => z.array(text, 'must be a list of strings').min(1, 'is empty'),
};

/** Returns the schema of a strategy's settings, without `kind`. */
export function strategySchema({ settings }: Pick<Strategy, 'settings'>): z.ZodObject {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(settings).map(([name, setting]) => [
        name,
        schemas[setting.type](setting).optional().describe(setting.describe),
      ]),
    ),
  );
}

/** Returns the schema of the whole native form. */
function settingsSchema(strategies: StrategyRegistry): z.ZodObject {
  const [first, ...others] = Object.values(strategies).map((strategy) =>
    z
      .strictObject({ kind: z.literal(strategy.kind), ...strategySchema(strategy).shape })
      .describe(strategy.describe),
  );
  if (first === undefined) throw new TypeError('no strategy is registered');
  return plainSettings.extend({
    credential: z
      .discriminatedUnion('kind', [first, ...others])
      .describe('How the application authenticates; exactly one'),
  });
}

/** Returns the schema of settings files, as editors check them: one set of settings, or named ones. */
export function settingsFileSchema(strategies: StrategyRegistry): z.ZodType {
  const settings = settingsSchema(strategies);
  return z.union([
    settings,
    z.strictObject({
      $schema: plainSettings.shape.$schema,
      defaultProfile: text.optional().describe('Profile that is used when none is named'),
      profiles: z
        .record(
          text,
          settings.omit({ $schema: true }).extend({
            tenant: z
              .union([text, z.array(text)])
              .optional()
              .describe('Tenant to read, or several for commands that read many tenants'),
          }),
        )
        .describe('Settings by the name of their profile'),
    }),
  ]);
}
