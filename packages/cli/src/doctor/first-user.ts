import { known, type Step } from './step.ts';

export const firstUser: Step = {
  name: 'first user',
  async examine(about) {
    const { directory, signal } = known(about.opened);
    const query = { limit: 1, pageSize: 1, select: ['id', 'displayName'] };
    for await (const user of directory.users.list(query, { signal }))
      return { verdict: 'ok', says: `${user.displayName ?? 'A user'} (${user.id}).` };
    return {
      verdict: 'warning',
      says: 'The tenant has no users that this application can see.',
      remedy: 'Check that it is the tenant you mean.',
    };
  },
};
