import type { Group, Groups } from '../directory/groups.ts';
import { directoryBadRequest, resourceNotFound } from './graph-error.ts';

/** @throws {GraphError} 404 for an unknown ID, 400 for a text that cannot be one */
export function findGroup(groups: Groups, id: string): Group {
  const group = groups.byId(id);
  if (group !== undefined) return group;
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(id)) throw resourceNotFound(id);
  throw directoryBadRequest(`Invalid object identifier '${id}'.`);
}
