import { withDefaults } from '../query/with-defaults.ts';
import { known, type Step } from './step.ts';

export const firstUserStep: Step = {
  async examine(about) {
    const { directory, connection, ports } = known(about.examined);
    const { signal } = about;
    const start = ports.clock.monotonic();
    const asked = withDefaults(about.query ?? {}, connection.query);
    const query = { ...asked, select: asked.select ?? ['id', 'displayName'], pageSize: 1 };
    const { items } = await directory.users.page(query, { signal });
    const answer = ports.clock.monotonic() - start;
    about.times.set('Graph', { ...about.times.get('Graph'), answer });
    const [user] = items;
    if (user !== undefined)
      return { verdict: 'ok', says: `${user.displayName ?? 'A user'} (${user.id}).` };
    return asked.filter === undefined && asked.search === undefined
      ? {
          verdict: 'warning',
          says: 'The tenant has no users that this application can see.',
          remedy: 'Check that it is the tenant you mean.',
        }
      : {
          verdict: 'warning',
          says: 'No user matches the filter or search.',
          remedy: 'Check it with `rollcall users count` and without it.',
        };
  },
};
