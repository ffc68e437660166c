import { type GroupCandidate, GroupError } from '../errors/group-error.ts';
import type { ResponseInfo } from '../graph/graph-request.ts';
import { groupsRequest, mostGroups } from '../query/query-url.ts';
import { leastRoles } from '../query/roles-needed.ts';
import { type Call, invalidBody, type UsersContext } from './users-context.ts';

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function readGroups(body: unknown, info: ResponseInfo): readonly GroupCandidate[] {
  const groups = typeof body === 'object' && body !== null && 'value' in body ? body.value : null;
  if (!Array.isArray(groups)) throw invalidBody(info);
  return groups.map((group: unknown): GroupCandidate => {
    const { id, displayName, description, mail } = (group ?? {}) as Record<string, unknown>;
    if (typeof id !== 'string') throw invalidBody(info);
    return {
      id,
      displayName: textOf(displayName),
      description: textOf(description),
      mail: textOf(mail),
    };
  });
}

/**
 * Returns the object ID of the group of a name.
 * @throws {GroupError} when no group or more than one has the name
 */
export async function findGroup(
  { pipeline, root }: Pick<UsersContext, 'pipeline' | 'root'>,
  name: string,
  call: Call,
): Promise<string> {
  const groups = await pipeline.send({
    method: 'GET',
    ...groupsRequest(root, name),
    ...call,
    // With those of the listing that follows, so that one error names everything that is missing.
    needs: leastRoles({ of: { group: name } }),
    read: readGroups,
  });
  const [only, ...others] = groups;
  if (only !== undefined && others.length === 0) return only.id;
  throw new GroupError(name, {
    candidates: groups.slice(0, mostGroups),
    isMore: groups.length > mostGroups,
  });
}
