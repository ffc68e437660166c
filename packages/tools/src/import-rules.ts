/** The place of a package in the repository, what it may import, and how its source is ordered. */
export interface PackageRules {
  /** The package's folder, relative to the root of the repository. */
  readonly root: string;
  /** The packages of this repository that it may import. */
  readonly mayImport: readonly string[];
  /** Whether it is published with its dependencies in it, so that they are development dependencies of its manifest. */
  readonly isBundled?: boolean;
  /**
   * The folders and files directly in `src`, from top to bottom. A file may import from its own folder and from entries
   * below it, never from above, type-only and dynamic imports included. Entries on one line may import each other's
   * files as long as no cycle arises. Without an order only cycles are reported.
   */
  readonly order?: readonly (readonly string[])[];
}

/** The packages of this repository by their names without `@rollcall/`. docs/architecture.md has the same table. */
export const packageRules: Readonly<Record<string, PackageRules>> = {
  core: {
    root: 'packages/core',
    mayImport: [],
    order: [
      ['index.ts', 'command-line.ts', 'delta-rounds.ts'],
      ['command-line'],
      ['library.ts'],
      ['open-directory.ts'],
      ['doctor'],
      ['export'],
      ['diff', 'aggregate'],
      ['users'],
      ['listing'],
      ['delta'],
      ['paging'],
      ['graph'],
      ['token'],
      ['connection.ts'],
      ['settings'],
      ['credential'],
      ['retry'],
      ['http'],
      ['store'],
      ['file-system'],
      ['sinks'],
      ['query'],
      ['errors'],
      ['system-clock.ts', 'ports.ts', 'events.ts'],
      ['event-registry.ts'],
      [
        'cloud.ts',
        'secret.ts',
        'guid.ts',
        'json-items.ts',
        'nearest-name.ts',
        'redacted-text.ts',
        'safe-text.ts',
        'until-aborted.ts',
        'resource-stack.ts',
      ],
    ],
  },
  cli: {
    root: 'packages/cli',
    // `rollcall sandbox` starts the sandbox.
    mayImport: ['core', 'sandbox'],
    isBundled: true,
    order: [
      ['bundle'],
      ['main.ts'],
      ['run-program.ts'],
      ['program.ts'],
      ['commands.ts'],
      ['commands'],
      ['tenants'],
      ['read-listing.ts'],
      ['open-command-directory.ts'],
      ['load-command-settings.ts'],
      ['user-config-file.ts'],
      ['completion'],
      ['output'],
      ['options'],
      ['arguments'],
      ['context.ts'],
      ['report'],
      ['terminal'],
      ['process'],
      ['version.ts', 'prepared-text.ts'],
    ],
  },
  server: {
    root: 'packages/server',
    mayImport: ['core'],
    order: [
      ['main.ts'],
      ['index.ts'],
      ['process'],
      ['start-server.ts'],
      ['app.ts'],
      ['openapi'],
      ['routes.ts'],
      ['routes'],
      ['route.ts'],
      ['callers'],
      ['http'],
      ['observability'],
      ['errors'],
      ['limits.ts', 'version.ts'],
    ],
  },
  sandbox: {
    root: 'packages/sandbox',
    // The sandbox tests the other packages. With shared code, a mistake in that code would stay undetected.
    mayImport: [],
    order: [
      ['main.ts'],
      ['index.ts', 'command.ts'],
      ['read-users-file.ts'],
      ['start-sandbox.ts'],
      ['start'],
      ['client-files'],
      ['control'],
      ['sandbox.ts'],
      ['origin'],
      ['faults'],
      ['graph'],
      ['identity'],
      ['hostile'],
      ['directory'],
      ['journal'],
      ['http'],
      ['tls'],
      ['start-error.ts'],
      ['clock.ts'],
    ],
  },
  e2e: {
    root: 'packages/e2e',
    // The end-to-end tests start the built programs as processes.
    mayImport: [],
  },
  tools: { root: 'packages/tools', mayImport: [] },
  bench: { root: 'bench', mayImport: [] },
};

/** External packages that only the named folders may import. */
export const restrictedPackages: Readonly<Record<string, readonly string[]>> = {
  '@azure/msal-node': [
    'packages/core/src/credential/msal/',
    // These programs compare the sandbox with Microsoft's own libraries.
    'packages/e2e/src/foreign-clients/',
    // The benchmark compares the start of the command with a script that imports the same libraries.
    'bench/src/',
  ],
};
