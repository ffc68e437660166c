import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { createCredential } from '../credential/create-credential.ts';
import { createAutoStrategy } from '../credential/strategies/auto.ts';
import { strategies } from '../credential/strategies.ts';
import { createFakePlatform, formOf, scopes } from '../credential/testing/fake-platform.ts';
import { makeJwt } from '../credential/testing/federated-jwt.ts';
import { signedTicket } from '../credential/testing/signed-ticket.ts';
import { describeStrategy } from '../credential/testing/strategy-contract.ts';
import type { SettingsError } from '../errors/settings-error.ts';
import { Secret } from '../secret.ts';
import type { LoadOptions } from './load-options.ts';
import { loadSettingsWith } from './load-settings.ts';
import { parseSettingsWith } from './parse-settings.ts';
import { strategySchema } from './schema.ts';
import { jsonSchemaOf } from './settings-json-schema.ts';
import { showSettings } from './show-settings.ts';
import { flagsOf, rejectedFlagsOf } from './sources/flags.ts';
import { starterSettingsOf } from './starter-settings.ts';
import { settingsFolder, tenant } from './testing/settings-folder.ts';
import { settingsReference } from './testing/settings-reference.ts';

/** The registry with one more line. */
const registry = { ...strategies, 'signed-ticket': signedTicket };

const ticket = makeJwt({ sub: 'canary-ticket' });

function load(directory: string, options: LoadOptions) {
  return loadSettingsWith(registry, { environment: {}, cwd: directory, ...options });
}

describe('a strategy in one file and one line of the registry', () => {
  it('is configured by its environment variable, without a client ID', async () => {
    await using folder = await settingsFolder();
    const environment = { AZURE_TENANT_ID: tenant, TEST_TICKET: ticket };
    const { clientId, credential, sources } = await load(folder.path, { environment });
    expect({ clientId, kind: credential.kind }).toEqual({ clientId: '', kind: 'signed-ticket' });
    expect(credential['ticket']).toBeInstanceOf(Secret);
    expect((credential['ticket'] as Secret).reveal()).toBe(ticket);
    expect(sources.get('credential.ticket')).toBe('TEST_TICKET');
  });

  it('is configured by its flag, with a path relative to the working directory', async () => {
    await using folder = await settingsFolder();
    const flags = { tenant, 'ticket-file': 'ticket.txt' };
    const { credential } = await load(folder.path, { flags });
    expect(credential).toEqual({
      kind: 'signed-ticket',
      ticketFile: `${folder.path}/ticket.txt`,
    });
  });

  it.each<[string, object]>([
    ['the native form', { tenant, credential: { kind: 'signed-ticket', ticket } }],
    ['its quickstart key', { tenant, ticket_text: ticket }],
  ])('is configured by %s of a file', async (_, file) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', file);
    const { credential } = await load(folder.path, { flags: { config: 'rollcall.json' } });
    expect((credential['ticket'] as Secret).reveal()).toBe(ticket);
  });

  it('is configured by a plain object, and its secret is not shown', () => {
    const credential = { kind: 'signed-ticket', ticket: new Secret(ticket), isUrgent: true };
    const settings = parseSettingsWith(registry, { tenant, credential });
    expect(showSettings(settings)).toContainEqual({
      path: 'credential.ticket',
      value: '[redacted]',
      source: 'settings.credential.ticket',
    });
    expect(inspect(settings, { depth: 9 })).not.toContain(ticket);
  });

  it('rejects unknown keys, wrong types, conflicts, placeholders and its secret as a flag', async () => {
    await using folder = await settingsFolder();
    const issuesOf = async (credential: object, flags: object = {}) => {
      await folder.write('rollcall.json', { tenant, credential });
      const error: unknown = await load(folder.path, {
        flags: { config: 'rollcall.json', ...flags },
      }).catch((caught: unknown) => caught);
      return (error as SettingsError).issues.map(({ path, message }) => `${path}: ${message}`);
    };
    const kind = 'signed-ticket';
    expect(await issuesOf({ kind, tickt: 'x', isUrgent: 'x', ticketFile: 'x' })).toEqual([
      'credential.isUrgent: must be true or false',
      'credential.tickt: unknown setting tickt',
    ]);
    expect(await issuesOf({ kind, ticket, ticketFile: 'x' })).toEqual([
      'credential.ticketFile: cannot be used with ticket',
    ]);
    expect(await issuesOf({ kind, ticket: '<ticket>' })).toEqual([
      'credential.ticket: contains a placeholder',
    ]);
    expect(await issuesOf({ kind, ticketFile: 'x' }, { ticket })).toEqual([
      'credential.ticket: a secret on the command line is visible to every user of this machine',
    ]);
    expect(strategySchema(signedTicket).safeParse({ ticket, other: 1 }).success).toBe(false);
  });

  it('is a flag with help for the front ends', () => {
    expect(flagsOf(registry)['ticket-file']).toEqual({
      path: 'credential.ticketFile',
      kind: 'signed-ticket',
      type: 'string',
      argument: 'FILE',
      describe: 'read the ticket from FILE',
    });
    expect(rejectedFlagsOf(registry).get('ticket')).toEqual({
      path: 'credential.ticket',
      remedy: {
        code: 'replace-exposed-secret',
        setting: 'credential.ticket',
        fileFlag: 'ticket-file',
        fileSetting: 'credential.ticketFile',
        variable: 'TEST_TICKET',
      },
    });
  });

  it('is part of the JSON Schema, the reference and the starter file', () => {
    const { anyOf } = jsonSchemaOf(registry) as {
      anyOf: [{ properties: { credential: { oneOf: { properties: Record<string, object> }[] } } }];
    };
    const [{ properties }] = anyOf;
    expect(properties.credential.oneOf.at(-1)?.properties).toMatchObject({
      kind: { const: 'signed-ticket' },
      ticket: { type: 'string', description: 'The ticket as text' },
      isUrgent: { type: 'boolean' },
    });
    expect(settingsReference(registry)).toContain(
      '| `ticket` | string |  | `TEST_TICKET` | `ticket_text` | The ticket as text |',
    );
    expect(starterSettingsOf(signedTicket)).toContain('"kind": "signed-ticket"');
  });

  it('is found by auto', async () => {
    const auto = createAutoStrategy({ 'signed-ticket': signedTicket });
    const { context, requests } = createFakePlatform({
      environment: { TEST_TICKET: ticket },
      clientId: '',
    });
    await createCredential({ kind: 'auto' }, context, { auto }).requestToken({ scopes });
    expect(formOf(requests[0])['client_assertion']).toBe(ticket);
  });
});

describeStrategy(
  'signed-ticket',
  async () => ({
    settings: { ticket },
    environment: {},
    authenticates: (request) => formOf(request)['client_assertion'] === ticket,
    hidden: ticket,
  }),
  registry,
);
