import { UsageError } from '../arguments/usage-error.ts';
import type { Context } from '../context.ts';
import { inactivityFrom } from '../options/inactive-options.ts';
import { licensesFrom } from '../options/license-options.ts';
import { queryFrom } from '../options/query-options.ts';
import { formatChoice } from '../output/format-choice.ts';
import { shapeFrom } from '../output/shape.ts';
import { argumentsFor, checkFileNames } from '../tenants/arguments-for.ts';
import type { Target } from '../tenants/find-targets.ts';
import { runForTargets } from '../tenants/run-for-targets.ts';
import { openSharedOutput } from '../tenants/shared-output.ts';
import type { ListUsers, OneOfMany, UsersListArguments } from './users-list-arguments.ts';

/**
 * Lists the users of several tenants: to stdout together, or to a file for each tenant. Each user has the tenant as its
 * first property. The end of the format is written only when every listing is complete.
 */
export async function listTenants(
  args: UsersListArguments,
  context: Context,
  targets: readonly Target[],
  listUsers: ListUsers,
): Promise<number> {
  const { console } = context;
  if (args.query !== undefined)
    throw new UsageError(
      '--query cannot be used with several tenants.',
      'Use --columns or --select: the tenant is the first column.',
    );
  checkFileNames(args, targets);
  const run = (many: OneOfMany) => async (target: Target, own: Context) => {
    await listUsers(argumentsFor(args, target), own, many);
  };
  if (args.out !== undefined)
    return await runForTargets(targets, context, run({ isOneOfMany: true }));
  const format = formatChoice(args, console);
  const { columns, ...shape } = shapeFrom(args, format, {
    ...queryFrom(args),
    ...licensesFrom(args),
    inactive: inactivityFrom(args),
  });
  const output = openSharedOutput(
    format,
    {
      ...shape,
      columns: columns === undefined ? undefined : ['tenant', ...columns],
      width: console.outIsTerminal ? console.width : undefined,
    },
    console,
  );
  const code = await runForTargets(targets, context, run({ isOneOfMany: true, output }));
  if (code === 0) await output.end();
  return code;
}
