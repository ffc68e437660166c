import type { Profile } from '@rollcall/core';

import { UsageError } from '../arguments/usage-error.ts';
import type { Context } from '../context.ts';
import { loadOptionsOf } from '../load-command-settings.ts';
import type { SettingsArguments } from '../options/settings-options.ts';

/** One of the tenants that a command runs for. */
export interface Target {
  /** What it is called in output and messages: the profile, with the tenant if the profile names several. */
  readonly name: string;
  readonly profile: string;
  /** Set if the profile names several tenants. */
  readonly tenant: string | undefined;
}

export type TenantsArguments = SettingsArguments & { readonly 'all-profiles': boolean };

function targetsOf({ name: profile, tenants }: Profile): readonly Target[] {
  return tenants.length < 2
    ? [{ name: profile, profile, tenant: undefined }]
    : tenants.map((tenant) => ({ name: `${profile}:${tenant}`, profile, tenant }));
}

function selectProfiles(
  profiles: readonly Profile[],
  names: readonly string[] | undefined,
): readonly Profile[] {
  if (names === undefined) return profiles;
  return names.map((name) => {
    const found = profiles.find((profile) => profile.name === name);
    if (found !== undefined) return found;
    throw new UsageError(
      `Unknown profile "${name}".`,
      `Available profiles: ${profiles.map((profile) => profile.name).join(', ')}.`,
    );
  });
}

/**
 * Returns the tenants that a command runs for; undefined if it runs once, for the settings in effect.
 * @throws {UsageError} for an unknown profile, and for flags that contradict each other
 */
export async function findTargets(
  args: TenantsArguments,
  context: Pick<Context, 'core' | 'env' | 'cwd'>,
): Promise<readonly Target[] | undefined> {
  const { tenant, 'all-profiles': isForAll } = args;
  const profile = typeof args.profile === 'string' ? args.profile : undefined;
  if (!isForAll && profile === undefined) return undefined;
  if (isForAll && profile !== undefined)
    throw new UsageError(
      '--all-profiles cannot be used with --profile.',
      'Use --profile A,B for some profiles, or --all-profiles for each of them.',
    );
  const names = profile?.split(',').map((name) => name.trim());
  const isForMany = isForAll || (names?.length ?? 0) > 1;
  // With a tenant, one profile is one tenant.
  if (!isForMany && tenant !== undefined) return undefined;
  const { loadProfiles } = await context.core();
  const loaded = await loadProfiles(loadOptionsOf(args, context)).catch((error: unknown) => {
    // One profile is reported with all other problems of the settings.
    if (isForMany) throw error;
  });
  if (loaded === undefined || (!isForMany && !loaded.profiles.some(({ name }) => name === profile)))
    return undefined;
  const selected = selectProfiles(loaded.profiles, names);
  if (isForMany && tenant !== undefined)
    throw new UsageError(
      '--tenant cannot be used with several profiles.',
      'Name one profile, or omit --tenant.',
    );
  const targets = [...new Set(selected)].flatMap(targetsOf);
  return isForMany || targets.length > 1 ? targets : undefined;
}
