import type { Format } from './sink.ts';

/** One array, a user on each line, written as it comes. */
export const json: Format = {
  mediaType: 'application/json',
  describe: 'one JSON array',
  createSink({ saved }) {
    let first = saved !== 'begun';
    return {
      head: () => '[',
      page(users) {
        return users.map((user) => {
          const lead = first ? '\n' : ',\n';
          first = false;
          return lead + JSON.stringify(user);
        });
      },
      tail: () => '\n]\n',
      save: () => (first ? null : 'begun'),
    };
  },
};
