import { createBatch } from '../graph/batch.ts';
import { changesOfUsers } from './changes.ts';
import { countUsers } from './count.ts';
import { getUser } from './get.ts';
import { getManyUsers } from './get-many.ts';
import { listUsers } from './list.ts';
import { pageOfUsers } from './page.ts';
import type { Users } from './users.ts';
import type { UsersContext } from './users-context.ts';

/** The operations on the users of one tenant, one file each. */
export function createUsers(context: UsersContext): Users {
  const { pipeline, root, ports, adminConsentUrl } = context;
  const sendBatch = createBatch({ pipeline, root, ...ports, adminConsentUrl });
  return {
    list: listUsers(context),
    page: pageOfUsers(context),
    get: getUser(context),
    getMany: getManyUsers(context, sendBatch),
    changes: changesOfUsers(context),
    count: countUsers(context),
  };
}
