import { DeltaResetError, type ChangesPage } from '@rollcall/core';
import { z } from 'zod';

import type { ReadableUsers } from '../callers/fields/restrict-users.ts';
import { RequestError } from '../errors/request-error.ts';
import { baseUrl } from '../http/base-url.ts';
import { contextOf, sendPage } from '../http/graph-body.ts';
import type { LinkSeal, Place, SealOwner } from '../http/link-seal.ts';
import { odataOptions, toUserQuery, type OdataValues } from '../http/odata-options.ts';
import { defineRoute } from '../route.ts';

const { $select } = odataOptions;
const path = '/v1.0/users/delta';

const deltaQuery = z
  .object({
    $select,
    $deltatoken: z
      .string()
      .optional()
      .meta({ description: 'latest, or the position of the next round from @odata.deltaLink' }),
    $skiptoken: z
      .string()
      .optional()
      .meta({ description: 'The position of the next page, from @odata.nextLink' }),
  })
  .superRefine(({ $select: select, $deltatoken, $skiptoken }, context) => {
    const isLink = $skiptoken !== undefined || ($deltatoken ?? 'latest') !== 'latest';
    if (isLink && (select !== undefined || ($skiptoken !== undefined && $deltatoken !== undefined)))
      context.addIssue({
        code: 'custom',
        path: [$skiptoken === undefined ? '$deltatoken' : '$skiptoken'],
        message: 'holds the whole query; send the link as it was given',
      });
  });

type DeltaValues = Pick<OdataValues, '$select'> & {
  readonly $deltatoken?: string | undefined;
  readonly $skiptoken?: string | undefined;
};

/** Where the requested page begins. */
type From = Partial<Place> & Pick<Place, 'query'> & { readonly isLatest?: boolean };

function fromOf(values: DeltaValues, seal: LinkSeal, owner: SealOwner): From {
  const { $select: select, $deltatoken, $skiptoken } = values;
  if ($skiptoken !== undefined) return seal.open($skiptoken, owner);
  const query = toUserQuery({ $select: select });
  if ($deltatoken === undefined || $deltatoken === '') return { query };
  return $deltatoken === 'latest' ? { query, isLatest: true } : seal.open($deltatoken, owner);
}

/** Reads one page of a round; its link is where the next request continues. */
async function readOnePage(
  users: ReadableUsers,
  { link, readAt, query: { select }, isLatest }: From,
  options: { readonly signal: AbortSignal; readonly deadline: number },
): Promise<ChangesPage<object>> {
  const end = link !== undefined && readAt !== undefined ? { deltaLink: link, readAt } : link;
  const round = users.changes(isLatest === true ? 'latest' : end, { select, ...options });
  for await (const page of round) return page;
  throw new Error('a round has at least one page');
}

/** Graph's response to a delta link that it no longer accepts: the client begins at `Location`. */
function resetAt(root: string): RequestError {
  return new RequestError({
    status: 410,
    code: 'delta_reset',
    graphCode: 'resyncRequired',
    title: 'Delta link expired',
    detail:
      'Resync required. Start a new first round, and treat users that are not in it as deleted.',
    headers: { Location: `${root}/users/delta?$deltatoken=` },
  });
}

/** One page of a delta round. */
export const usersDelta = defineRoute({
  path,
  summary: 'One page of the changes since a delta link',
  role: 'Users.Read',
  input: { query: deltaQuery },
  deadline: 'request',
  gate: 'reads',
  handler:
    ({ limits, seal, publicUrl, turn }) =>
    async (parameters, { request, response, caller, users, call: { signal } }) => {
      const owner = { caller: caller?.id ?? '', route: path };
      const root = `${baseUrl(request, publicUrl)}/v1.0`;
      const from = fromOf(parameters.query, seal, owner);
      const { query } = from;
      let page: ChangesPage<object>;
      try {
        page = await readOnePage(users, from, { signal, deadline: limits.request });
      } catch (error) {
        throw error instanceof DeltaResetError ? resetAt(root) : error;
      }
      const { link, end } = page;
      const linkTo = (name: string, place: Place): string =>
        `${root}/users/delta?${name}=${seal.seal(place, owner)}`;
      const annotations = {
        '@odata.context': contextOf(root, query),
        '@odata.nextLink': link === undefined ? undefined : linkTo('$skiptoken', { link, query }),
        '@odata.deltaLink':
          end === undefined
            ? undefined
            : linkTo('$deltatoken', { link: end.deltaLink, readAt: end.readAt, query }),
      };
      await turn();
      sendPage(response, annotations, { ...page, link: link ?? end?.deltaLink });
    },
});
