import type { Dispatch, HttpRequest, HttpResponse } from '../ports.ts';

/** An answer, or an error to throw instead of one. */
export type Turn =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | Error
  | undefined;

/** One tenant in memory behind a {@link Dispatch}. Independent of the product's query code: it reads URLs by itself. */
export interface FakeGraph {
  readonly dispatch: Dispatch;
  readonly requests: readonly HttpRequest[];
  /** Requests for pages of the collection only. */
  pageRequests(): readonly HttpRequest[];
}

export interface FakeGraphOptions {
  readonly users: number;
  /** The path of the collection that has the users; `/users` when absent. */
  readonly path?: string | undefined;
  /** Answers instead of the graph, where it gives something. `nth` counts from 1. */
  intervene?(request: HttpRequest, nth: number): Turn | Promise<Turn>;
}

export const fakeRoot = new URL('https://graph.example/v1.0');

export function fakeId(index: number): string {
  const scattered = Math.imul(index + 1, 0x9e3779b1) >>> 0;
  return `${scattered.toString(16).padStart(8, '0')}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
}

function answer(turn: Exclude<Turn, Error | undefined>): HttpResponse {
  const { status = 200, headers = {}, body } = turn;
  const bytes = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body ?? null));
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: bytes };
}

function page(url: URL, users: number): Turn {
  const top = Number(url.searchParams.get('$top') ?? 100);
  const skip = Number(url.searchParams.get('$skiptoken')?.slice(1) ?? 0);
  const value = Array.from({ length: Math.max(0, Math.min(top, users - skip)) }, (_, at) => ({
    id: fakeId(skip + at),
    displayName: `User ${skip + at}`,
    userPrincipalName: `user${skip + at}@contoso.example`,
  }));
  const next = new URL(url);
  next.searchParams.set('$skiptoken', `s${skip + top}`);
  return {
    headers: { 'request-id': `r${skip}`, 'x-ms-resource-unit': '1' },
    body: { value, ...(skip + top < users ? { '@odata.nextLink': next.href } : {}) },
  };
}

export function createFakeGraph(options: FakeGraphOptions): FakeGraph {
  const requests: HttpRequest[] = [];
  const collection = `/v1.0${options.path ?? '/users'}`;
  const isPage = ({ url }: HttpRequest): boolean => url.pathname === collection;
  return {
    requests,
    pageRequests: () => requests.filter(isPage),
    async dispatch(request) {
      requests.push(request);
      request.signal?.throwIfAborted();
      const turn = await options.intervene?.(request, requests.length);
      if (turn instanceof Error) throw turn;
      if (turn !== undefined) return answer(turn);
      const { url } = request;
      if (isPage(request))
        return answer(page(url, options.users) as Exclude<Turn, Error | undefined>);
      if (url.pathname === `${collection}/$count`) return answer({ body: options.users });
      const index = Array.from({ length: options.users }, (_, at) => at).find((at) =>
        [fakeId(at), `user${at}@contoso.example`].includes(
          decodeURIComponent(url.pathname.slice('/v1.0/users/'.length)),
        ),
      );
      return index === undefined
        ? answer({ status: 404, body: { error: { code: 'Request_ResourceNotFound' } } })
        : answer({ body: { id: fakeId(index), displayName: `User ${index}` } });
    },
  };
}
