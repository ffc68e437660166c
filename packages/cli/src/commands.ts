import type { CommandEntry } from './arguments/command.ts';

/** Every command, in the order of help. Only the definition of the command that is used is loaded. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'users list',
    summary: 'List all users',
    load: async () => (await import('./commands/users-list.ts')).usersList,
  },
  {
    name: 'users get',
    summary: 'Show users by object ID or userPrincipalName',
    load: async () => (await import('./commands/users-get.ts')).usersGet,
  },
  {
    name: 'users count',
    summary: 'Count users',
    load: async () => (await import('./commands/users-count.ts')).usersCount,
  },
  {
    name: 'users duplicates',
    summary: 'Find values that several users have',
    load: async () => (await import('./commands/users-duplicates.ts')).usersDuplicates,
  },
  {
    name: 'users diff',
    summary: 'Compare two exports',
    load: async () => (await import('./commands/users-diff.ts')).usersDiff,
  },
  {
    name: 'users explain',
    summary: 'Show the Graph request without sending it (dry run)',
    load: async () => (await import('./commands/users-explain.ts')).usersExplain,
  },
  {
    name: 'token',
    summary: 'Request a token and show its claims and lifetime',
    load: async () => (await import('./commands/token.ts')).token,
  },
  {
    name: 'consent',
    summary: 'Print the admin consent URL of the application',
    load: async () => (await import('./commands/consent.ts')).consent,
  },
  {
    name: 'doctor',
    summary: 'Diagnose configuration, network, sign-in and permissions',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    name: 'config show',
    summary: 'Show the effective configuration and its sources',
    load: async () => (await import('./commands/config-show.ts')).configShow,
  },
  {
    name: 'config check',
    summary: 'Validate the configuration (offline)',
    load: async () => (await import('./commands/config-check.ts')).configCheck,
  },
  {
    name: 'config init',
    summary: 'Create a configuration file',
    load: async () => (await import('./commands/config-init.ts')).configInit,
  },
  {
    name: 'config path',
    summary: 'Print the path of the configuration file of this user',
    load: async () => (await import('./commands/config-path.ts')).configPath,
  },
  {
    name: 'config schema',
    summary: 'Print the JSON Schema of the configuration file',
    load: async () => (await import('./commands/config-schema.ts')).configSchema,
  },
  {
    name: 'profile list',
    summary: 'List the profiles of the configuration file',
    load: async () => (await import('./commands/profile-list.ts')).profileList,
  },
  {
    name: 'profile use',
    summary: 'Make a profile the default one',
    load: async () => (await import('./commands/profile-use.ts')).profileUse,
  },
  {
    name: 'profile remove',
    summary: 'Remove a profile',
    load: async () => (await import('./commands/profile-remove.ts')).profileRemove,
  },
  {
    name: 'sandbox',
    summary: 'Start a local mock tenant (Ctrl+C to stop)',
    load: async () => (await import('./commands/sandbox.ts')).sandbox,
  },
  {
    name: 'completion',
    summary: 'Print a completion script for a shell',
    load: async () => (await import('./commands/completion.ts')).completion,
  },
  {
    name: 'version',
    summary: 'Print the version',
    load: async () => (await import('./commands/version.ts')).versionCommand,
  },
];
