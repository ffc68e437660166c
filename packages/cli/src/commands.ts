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
    describe: 'List all users',
    options: async () => ({
      ...queryOptions,
      ...(await formatOptions()),
      ...shapeOptions,
      ...fileOptions,
      ...proofOptions,
      ...(await settingsOptions()),
    }),
    examples: [
      ['users list', 'List all users; reads parameters.json of this folder'],
      [
        'users list --out users.csv --receipt receipt.json',
        'Export to a file, with a receipt that proves it is complete',
      ],
      [
        'users list --select id,mail --filter "accountEnabled eq false"',
        'List two properties of disabled accounts',
      ],
    ],
    load: async () => (await import('./commands/users-list.ts')).usersList,
  }),
  command({
    name: 'users get',
    describe: 'Show users by object ID or userPrincipalName',
    positional: { name: 'id', describe: 'Object ID or userPrincipalName', many: true },
    options: async () => ({
      ...selectOptions,
      ...(await formatOptions()),
      ...shapeOptions,
      ...(await settingsOptions()),
    }),
    examples: [
      ['users get ada@contoso.com', 'Show one user'],
      ['users get ada@contoso.com eva@contoso.com -o csv', 'Show two users as CSV'],
    ],
    load: async () => (await import('./commands/users-get.ts')).usersGet,
  }),
  command({
    name: 'users count',
    describe: 'Count users',
    options: async () => ({ ...filterOptions, ...(await settingsOptions()) }),
    examples: [['users count --filter "userType eq \'Guest\'"', 'Count guests']],
    load: async () => (await import('./commands/users-count.ts')).usersCount,
  }),
  command({
    name: 'users explain',
    describe: 'Show the Graph request without sending it (dry run)',
    options: async () => ({ ...queryOptions, ...jsonOptions, ...(await settingsOptions()) }),
    examples: [
      [
        'users explain --filter "endsWith(mail,\'@contoso.com\')"',
        'Check whether a filter is an advanced query',
      ],
    ],
    load: async () => (await import('./commands/users-explain.ts')).usersExplain,
  }),
  command({
    name: 'token',
    describe: 'Request a token and show its claims and lifetime',
    options: async () => ({
      raw: { kind: 'flag', describe: 'Print only the token' },
      ...(await settingsOptions()),
    }),
    examples: [
      ['token', 'Show which roles the application has'],
      ['token --raw', 'Print the token, for example for curl'],
    ],
    load: async () => (await import('./commands/token.ts')).token,
  }),
  command({
    name: 'consent',
    describe: 'Print the admin consent URL of the application',
    options: settingsOptions,
    examples: [['consent', 'Print the URL for an administrator of the tenant']],
    load: async () => (await import('./commands/consent.ts')).consent,
  }),
  command({
    name: 'doctor',
    describe: 'Diagnose configuration, network, sign-in and permissions',
    options: async () => ({
      ...queryOptions,
      ...jsonOptions,
      ...(await settingsOptions()),
    }),
    examples: [
      ['doctor', 'Run all checks'],
      ['doctor --select id,signInActivity', 'Check the permissions for these properties too'],
      ['doctor --json', 'For a monitor: the exit code is that of the first failed check'],
    ],
    load: async () => (await import('./commands/doctor.ts')).doctor,
  }),
  command({
    name: 'config show',
    describe: 'Show the effective configuration and its sources',
    options: async () => ({ ...jsonOptions, ...(await settingsOptions()) }),
    examples: [['config show', 'Show every setting and its source; secrets are redacted']],
    load: async () => (await import('./commands/config-show.ts')).configShow,
  }),
  command({
    name: 'config check',
    describe: 'Validate the configuration (offline)',
    options: settingsOptions,
    examples: [['config check --config rollcall.json', 'List every error of a configuration file']],
    load: async () => (await import('./commands/config-check.ts')).configCheck,
  }),
  command({
    name: 'config init',
    describe: 'Create a configuration file',
    options: {
      credential: {
        kind: 'text',
        placeholder: 'KIND',
        describe: 'Authentication method (default client-secret)',
      },
      out: { kind: 'text', placeholder: 'FILE', describe: 'Output file (default rollcall.json)' },
      force: { kind: 'flag', describe: 'Overwrite an existing file' },
    },
    examples: [
      [
        'config init --credential client-certificate',
        'Create one for an application with a certificate',
      ],
    ],
    load: async () => (await import('./commands/config-init.ts')).configInit,
  }),
  command({
    name: 'config schema',
    describe: 'Print the JSON Schema of the configuration file',
    options: {},
    examples: [['config schema > rollcall.schema.json', 'Save the schema for an editor']],
    load: async () => (await import('./commands/config-schema.ts')).configSchema,
  }),
  command({
    name: 'sandbox',
    describe: 'Start a local mock tenant (Ctrl+C to stop)',
    options: sandboxOptions,
    examples: [
      [
        'sandbox --users 5000 --dir ./tenant',
        'Then: rollcall users list --config tenant/parameters.json',
      ],
    ],
    load: async () => (await import('./commands/sandbox.ts')).sandbox,
  }),
  command({
    name: 'completion',
    describe: 'Print a completion script for a shell',
    positional: {
      name: 'shell',
      describe: 'bash, zsh or fish',
      choices: Object.keys(shells),
    },
    options: {},
    examples: [['completion bash >> ~/.bashrc', 'Enable completion in bash']],
    load: async () => (await import('./commands/completion.ts')).completion,
  }),
];
