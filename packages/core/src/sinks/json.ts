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
        if (users.length === 0) return '';
        const lead = first ? '\n' : ',\n';
        first = false;
        return lead + users.map((user) => JSON.stringify(user)).join(',\n');
      },
      tail: () => '\n]\n',
      save: () => (first ? null : 'begun'),
    };
  },
};
