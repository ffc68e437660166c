import { bytesOf } from './bytes-of.ts';
import type { Format } from './sink.ts';

export const ndjson: Format = {
  mediaType: 'application/x-ndjson',
  describe: 'one JSON object a line',
  createSink: () => ({
    head: () => '',
    page: (users) => users.map((user) => `${JSON.stringify(user)}\n`),
    json: (users) => (users.length === 0 ? [] : [users.join('\n'), ...bytesOf(['\n'])]),
    tail: () => '',
  }),
};
