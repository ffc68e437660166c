import type { Options } from '../arguments/command.ts';

/** The option of commands that can run for many tenants at once, in addition to `--profile A,B`. */
export const tenantsOptions = {
  'all-profiles': {
    kind: 'flag',
    describe: 'Run for each profile (or for some: --profile A,B)',
    group: 'Tenants',
  },
} as const satisfies Options;
