import { bytesOf } from './bytes-of.ts';
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
      json(users) {
        if (users.length === 0) return [];
        const lead = first ? '\n' : ',\n';
        first = false;
        return [...bytesOf([lead]), users.join(',\n')];
      },
      tail: () => '\n]\n',
      save: () => (first ? null : 'begun'),
    };
  },
};
