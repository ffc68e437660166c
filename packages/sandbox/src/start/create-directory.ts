import { createChangeEngine, type ChangeEngine } from '../directory/change-engine.ts';
import { readGivenUsers } from '../directory/given-users.ts';
import { createPeople } from '../directory/create-people.ts';
import type { People } from '../directory/people.ts';
import { createReplicas, type Replicas } from '../directory/replicas.ts';
import type { SandboxOptions } from '../sandbox.ts';
import type { TenantContext } from './tenant-context.ts';

/** The users of the tenant, the replicas that answer for them, and what changes them. */
export interface DirectoryParts {
  readonly people: People;
  readonly replicas: Replicas;
  readonly changes: ChangeEngine;
}

/** @throws {TypeError} for users, skews, shares or lags that are not valid */
export function createDirectory(
  options: SandboxOptions,
  { clock, seedNumber: seed, tenantDomain }: TenantContext,
): DirectoryParts {
  const given = Array.isArray(options.users) ? readGivenUsers(options.users) : undefined;
  const peopleOptions = {
    users: given?.length ?? Number(options.users ?? 1_000),
    given,
    seed,
    tenantDomain,
    skew: options.skew,
    withoutCreatedDateTime: options.withoutCreatedDateTime,
    deletedUsers: options.deletedUsers,
    now: () => clock.now(),
  };
  const people = createPeople(peopleOptions);
  const replicas = createReplicas(people, peopleOptions, options.replicaLagSeconds);
  const changes = createChangeEngine({ people, seed, clock });
  changes.setRate(options.changesPerSecond ?? 0);
  return { people, replicas, changes };
}
