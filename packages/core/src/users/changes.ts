import { readChanges, type UserChange } from '../delta/changes.ts';
import { checkRoundAge, parseRoundEnd } from '../delta/round-end.ts';
import { checkLink } from '../paging/link.ts';
import { readPage } from '../paging/read-page.ts';
import { changesRequest } from '../query/query-url.ts';
import { readQuery } from '../query/read-query.ts';
import { readOptions } from './read-options.ts';
import type { Users } from './users.ts';
import { startCall, type UsersContext } from './users-context.ts';

export function changesOfUsers(context: UsersContext): Users['changes'] {
  const { pipeline, root, ports } = context;
  return (from, given) => {
    const { select, ...options } = readOptions(given, ['select']);
    const query = readQuery({ select });
    const { url, headers } = changesRequest(
      root,
      from === 'latest' ? 'latest' : 'beginning',
      query,
    );
    const call = startCall(context, options);
    return readChanges({
      isFirstRound: from === undefined,
      clock: ports.clock,
      log: ports.log,
      first() {
        if (from === undefined || from === 'latest') return url;
        if (typeof from === 'string') return new URL(checkLink(from, root, 'delta'));
        const end = parseRoundEnd(from);
        const link = new URL(checkLink(end.deltaLink, root, 'delta'));
        checkRoundAge(end, ports.clock.wall(), ports.log);
        return link;
      },
      fetch: (link) =>
        pipeline.send({
          method: 'GET',
          url: link,
          headers,
          ...call(),
          isPage: true,
          read: (body, info) => readPage<UserChange<never>>(body, info, root, 'delta'),
        }),
    });
  };
}
