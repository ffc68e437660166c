import { z } from 'zod';

import { clouds } from '../cloud.ts';
import { strategies } from '../credential/strategies.ts';
import type { Strategy } from '../credential/strategy.ts';
import { durationPattern } from './rules/duration.ts';

const text = z.string('must be text').min(1, 'is empty');
const duration = z
  .string('must be a duration in quotes, such as "90s" or "15m"')
  .regex(durationPattern, 'must be a duration such as 90s, 15m or 1h30m');
const cloudNames = Object.keys(clouds) as [keyof typeof clouds, ...(keyof typeof clouds)[]];

/**
 * Every setting but the credential, in the native form. Only structure: what a tenant or an authority may be
 * is said by `rules/`, which see all sources together.
 */
export const plainSettings = z.strictObject({
  $schema: text.optional().describe('Where editors find this schema; rollcall does not read it'),
  tenant: text.optional().describe('The directory to read: its id, or one of its domains'),
  cloud: z
    .enum(cloudNames, `must be one of ${cloudNames.join(', ')}`)
    .optional()
    .describe('The national cloud; brings authority host, Graph and scope. global when absent'),
  authority: text
    .optional()
    .describe(
      'Login host and tenant as one URL, in place of tenant and cloud: External ID, custom domains',
    ),
  protocol: z
    .enum(['entra', 'oidc'], 'must be entra or oidc')
    .optional()
    .describe(
      "oidc when authority is an OpenID Connect issuer: External ID's custom domain. entra when absent",
    ),
  clientId: text.optional().describe('The application that signs in'),
  scope: z
    .union([text, z.array(text)], 'must be text, or a list of texts')
    .optional()
    .describe("What the token is for; Graph's /.default when absent"),
  graph: text
    .optional()
    .describe("Root of Microsoft Graph, with or without version; the cloud's own when absent"),
  proxy: text
    .optional()
    .describe('URL of the proxy for both hops, with user and password where needed'),
  noProxy: text
    .optional()
    .describe(
      'Hosts, addresses and ranges (10.0.0.0/8) reached without the proxy, each with a port or without, separated by commas',
    ),
  caFile: text.optional().describe("PEM file of certificates to trust beside the system's"),
  tokenCache: text
    .optional()
    .describe('Where tokens are kept: memory, file, file:PATH or redis://…; memory when absent'),
  deadline: duration
    .optional()
    .describe(
      'For one call, its token and all its pages included; a command is one call; none when absent',
    ),
  requestTimeout: duration.optional().describe('For one attempt of one request; 60s when absent'),
  maxRetryAfter: duration
    .optional()
    .describe('The longest wait the service may ask for before we give up; 5m when absent'),
  allowWeakPermissions: z
    .boolean('must be true or false')
    .optional()
    .describe('Accept key and secret files that other users may read; false when absent'),
});

export type PlainSettings = z.output<typeof plainSettings>;

const registered: readonly Strategy[] = Object.values(strategies);

/** A strategy's own settings, and nothing else. */
export function credentialSchema(strategy: Strategy): z.ZodObject {
  return z.strictObject({ kind: z.literal(strategy.kind), ...strategy.settings.shape });
}

/** The whole native form, as files hold it and editors check it. */
export function settingsSchema(): z.ZodObject {
  const [first, ...others] = registered.map((strategy) =>
    credentialSchema(strategy).describe(strategy.describe),
  );
  if (first === undefined) throw new TypeError('no strategy is registered');
  return plainSettings.extend({
    credential: z
      .discriminatedUnion('kind', [first, ...others])
      .describe('What proves the application; exactly one'),
  });
}
