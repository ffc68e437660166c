import type { Answer } from '../../http/handler.ts';
import type { FaultContext, FaultKind } from '../fault.ts';

/** Only a request with a page token can have it refused: on any other the fault does not happen. */
function hasPageToken({ call }: FaultContext): boolean {
  return /[?&](?:\$|%24)skiptoken=/iu.test(call.url.search);
}

function refusal({ call, now }: FaultContext, code: string, message: string): Answer {
  return {
    status: 400,
    headers: { 'content-type': 'application/json', 'request-id': call.requestId },
    body: JSON.stringify({
      error: {
        code,
        message,
        innerError: {
          date: now.toISOString().slice(0, 19),
          'request-id': call.requestId,
          'client-request-id': call.clientRequestId ?? call.requestId,
        },
      },
    }),
  };
}

/** What Graph has been seen to do to the second page and those after it (facts 2.2 and 2.3). */
export const pageTokenFaults = {
  'page-token-not-found': {
    about: 'A page token is refused as unknown (DirectoryPageTokenNotFoundException)',
    on: 'graph',
    takes: [],
    instead: (context) =>
      hasPageToken(context)
        ? refusal(context, 'DirectoryPageTokenNotFoundException', 'The page token is not valid.')
        : undefined,
  },
  'sparse-page': {
    about: 'Users of a later page have only their id',
    on: 'graph',
    takes: [],
    rewrite: (answer, context) => {
      if (!hasPageToken(context) || answer.status !== 200) return undefined;
      const page = JSON.parse(String(answer.body)) as { value: readonly { id?: unknown }[] };
      const value = page.value.map(({ id }) => ({ id }));
      return { ...answer, body: JSON.stringify({ ...page, value }) };
    },
  },
} as const satisfies Record<string, FaultKind>;
