import { command, type Command } from './command.ts';
import { shells } from './completion/shells.ts';
import {
  fileOptions,
  formatOptions,
  jsonOptions,
  proofOptions,
  shapeOptions,
} from './options/output-options.ts';
import { filterOptions, queryOptions, selectOptions } from './options/query-options.ts';
import { sandboxOptions } from './options/sandbox-options.ts';
import { settingsOptions } from './options/settings-options.ts';

/** Every command, in the order of help. */
export const commands: readonly Command[] = [
  command({
    name: 'users list',
    describe: 'List every user of the tenant, and prove it with a receipt',
    options: async () => ({
      ...queryOptions,
      ...(await formatOptions()),
      ...shapeOptions,
      ...fileOptions,
      ...proofOptions,
      ...(await settingsOptions()),
    }),
    examples: [
      ['users list', 'With parameters.json in this folder'],
      [
        'users list --out users.csv --receipt receipt.json',
        'A file, and the proof that it is whole',
      ],
      [
        'users list --select id,mail --filter "accountEnabled eq false"',
        'Some users, some properties',
      ],
    ],
    load: async () => (await import('./commands/users-list.ts')).usersList,
  }),
  command({
    name: 'users get',
    describe: 'Show users by object id or userPrincipalName',
    positional: { name: 'id', describe: 'Object id or userPrincipalName', many: true },
    options: async () => ({
      ...selectOptions,
      ...(await formatOptions()),
      ...shapeOptions,
      ...(await settingsOptions()),
    }),
    examples: [['users get ada@contoso.com', 'One user']],
    load: async () => (await import('./commands/users-get.ts')).usersGet,
  }),
  command({
    name: 'users count',
    describe: 'Ask the tenant how many users it has',
    options: async () => ({ ...filterOptions, ...(await settingsOptions()) }),
    examples: [['users count --filter "userType eq \'Guest\'"', 'How many guests']],
    load: async () => (await import('./commands/users-count.ts')).usersCount,
  }),
  command({
    name: 'users explain',
    describe: 'Say what users list would send, what it costs, and why; send nothing',
    options: async () => ({ ...queryOptions, ...jsonOptions, ...(await settingsOptions()) }),
    examples: [
      ['users explain --filter "endsWith(mail,\'@contoso.com\')"', 'Is this an advanced query?'],
    ],
    load: async () => (await import('./commands/users-explain.ts')).usersExplain,
  }),
  command({
    name: 'token',
    describe: 'Get a token, and show its claims and lifetime',
    options: async () => ({
      raw: { kind: 'flag', describe: 'Print the token itself, and nothing else' },
      ...(await settingsOptions()),
    }),
    examples: [['token', 'Which roles does the application have?']],
    load: async () => (await import('./commands/token.ts')).token,
  }),
  command({
    name: 'consent',
    describe: 'Print the admin-consent URL of this application and tenant',
    options: settingsOptions,
    load: async () => (await import('./commands/consent.ts')).consent,
  }),
  command({
    name: 'doctor',
    describe: 'Examine every step from the settings to the first user, with remedies',
    options: async () => ({
      ...queryOptions,
      ...jsonOptions,
      ...(await settingsOptions()),
    }),
    examples: [
      ['doctor', 'Is everything in place?'],
      ['doctor --select id,signInActivity', 'Also for these properties?'],
      ['doctor --json', 'For a monitor: the exit code is that of the first failure'],
    ],
    load: async () => (await import('./commands/doctor.ts')).doctor,
  }),
  command({
    name: 'config show',
    describe: 'Show each setting that counts and its source, secrets redacted',
    options: async () => ({ ...jsonOptions, ...(await settingsOptions()) }),
    load: async () => (await import('./commands/config-show.ts')).configShow,
  }),
  command({
    name: 'config check',
    describe: 'Say everything that is wrong with the settings, offline',
    options: settingsOptions,
    load: async () => (await import('./commands/config-check.ts')).configCheck,
  }),
  command({
    name: 'config init',
    describe: 'Write a settings file to begin with',
    options: {
      credential: {
        kind: 'text',
        placeholder: 'KIND',
        describe: 'How the application proves itself (default client-secret)',
      },
      out: { kind: 'text', placeholder: 'FILE', describe: 'Which file (default rollcall.json)' },
      force: { kind: 'flag', describe: 'Replace a file that exists' },
    },
    examples: [
      ['config init --credential client-certificate', 'For an application with a certificate'],
    ],
    load: async () => (await import('./commands/config-init.ts')).configInit,
  }),
  command({
    name: 'config schema',
    describe: 'Print the JSON Schema of the settings file',
    options: {},
    load: async () => (await import('./commands/config-schema.ts')).configSchema,
  }),
  command({
    name: 'sandbox',
    describe: 'Run a tenant in a box until stopped',
    options: sandboxOptions,
    examples: [
      [
        'sandbox --users 5000 --dir ./tenant',
        'Then: users list --config tenant/parameters.json --ca tenant/ca.pem',
      ],
    ],
    load: async () => (await import('./commands/sandbox.ts')).sandbox,
  }),
  command({
    name: 'completion',
    describe: 'Print a completion script for your shell',
    positional: {
      name: 'shell',
      describe: 'bash, zsh or fish',
      choices: Object.keys(shells),
    },
    options: {},
    examples: [['completion bash >> ~/.bashrc', 'Complete rollcall in bash from now on']],
    load: async () => (await import('./commands/completion.ts')).completion,
  }),
];
