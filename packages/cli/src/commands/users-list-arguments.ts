import type { ArgumentsOf } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import {
  fileOptions,
  formatOptions,
  proofOptions,
  shapeOptions,
  treeOptions,
} from '../options/output-options.ts';
import { inactiveOptions } from '../options/inactive-options.ts';
import { licenseOptions } from '../options/license-options.ts';
import { parallelOptions } from '../options/parallel-option.ts';
import { queryOptions } from '../options/query-options.ts';
import { settingsOptions } from '../options/settings-options.ts';
import { tenantsOptions } from '../options/tenants-options.ts';
import type { SharedOutput } from '../tenants/shared-output.ts';

/** The options of `users list`. */
export const usersListOptions = {
  ...queryOptions,
  ...inactiveOptions,
  ...licenseOptions,
  ...parallelOptions,
  ...formatOptions,
  ...shapeOptions,
  ...treeOptions,
  ...fileOptions,
  ...proofOptions,
  ...tenantsOptions,
  ...settingsOptions,
};

export type UsersListArguments = ArgumentsOf<typeof usersListOptions>;

/** Whether the tenant is one of several, and the output that they share; each has a file of its own without it. */
export interface OneOfMany {
  readonly isOneOfMany: true;
  readonly output?: SharedOutput | undefined;
}

export type ListUsers = (
  args: UsersListArguments,
  context: Context,
  many?: OneOfMany,
) => Promise<void>;
