import { withDefaults } from '../query/with-defaults.ts';
import { known, type Step } from './step.ts';

export const firstUserStep: Step = {
  async examine(scenario) {
    const { directory, connection, ports } = known(scenario.examined);
    const { signal } = scenario;
    const start = ports.clock.monotonic();
    const given = withDefaults(scenario.query ?? {}, connection.query);
    const query = { ...given, select: given.select ?? ['id', 'displayName'], pageSize: 1 };
    const { items } = await directory.users.page(query, { signal });
    const response = ports.clock.monotonic() - start;
    scenario.latencies.set('Graph', { ...scenario.latencies.get('Graph'), response });
    const [user] = items;
    if (user !== undefined)
      return { verdict: 'ok', message: `${user.displayName ?? 'A user'} (${user.id}).` };
    return given.filter === undefined && given.search === undefined
      ? {
          verdict: 'warning',
          message: 'The tenant has no users that this application can see.',
          hint: 'Check that it is the intended tenant.',
        }
      : {
          verdict: 'warning',
          message: 'No user matches the filter or search.',
          hint: 'Count the users with and without the filter or search.',
        };
  },
};
