import type { Format } from './sink.ts';

export const ndjson: Format = {
  mediaType: 'application/x-ndjson',
  describe: 'one JSON object a line',
  createSink: () => ({
    head: () => '',
    page: (users) => users.map((user) => `${JSON.stringify(user)}\n`),
    tail: () => '',
  }),
};
