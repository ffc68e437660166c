import { createPeople } from '../../directory/create-people.ts';
import type { People } from '../../directory/people.ts';
import type { Answer } from '../../http/handler.ts';
import type { AccessTokenVerdict } from '../../identity/tokens/access-token-verdict.ts';
import type { Caller } from '../caller.ts';
import type { ThrottleLedger } from '../throttle/throttle.ts';
import { createGraphApi, type GraphApiOptions } from '../graph-api.ts';

export const origin = 'https://graph.test:8443';

export const reader: Caller = {
  valid: true,
  appId: '11111111-1111-4111-8111-111111111111',
  roles: ['User.Read.All'],
  claims: {},
};

export interface GraphAnswer {
  readonly status: number;
  readonly headers: Answer['headers'];
  readonly text: string;
  /** The parsed body. */
  json(): Body;
}

export interface Body {
  readonly '@odata.context'?: string;
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
  readonly '@odata.count'?: number;
  readonly value: readonly Readonly<Record<string, unknown>>[];
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly innerError: Readonly<Record<string, string>>;
  };
  readonly [name: string]: unknown;
}

export interface TestGraph {
  readonly people: People;
  throttle(): ThrottleLedger;
  /** Milliseconds since 1970; tests move it. */
  now: number;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<GraphAnswer>;
  send(
    method: string,
    path: string,
    headers?: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<GraphAnswer>;
  /** Follows links to the end, and gives every page. */
  pages(path: string, headers?: Readonly<Record<string, string>>): Promise<readonly Body[]>;
}

export interface TestGraphOptions extends Partial<GraphApiOptions> {
  readonly users?: number;
  readonly deletedUsers?: number;
  readonly verdict?: AccessTokenVerdict;
  /** Of the caller, when its token is valid. */
  readonly roles?: readonly string[];
}

/** A Graph of a few users without a socket, asked by path or by absolute link. */
export function createTestGraph(options: TestGraphOptions = {}): TestGraph {
  const { users = 25, deletedUsers, ...others } = options;
  let now = Date.UTC(2026, 5, 1, 12);
  const { roles = reader.roles, verdict = { ...reader, roles }, ...rest } = others;
  const people =
    options.people ??
    createPeople({ users, deletedUsers, seed: 7, tenantDomain: 'contoso.com', now: () => now });
  const api = createGraphApi({
    verifyAccessToken: () => verdict,
    origin: () => origin,
    tenant: { id: '22222222-2222-4222-8222-222222222222' },
    seed: 7,
    clock: { now: () => now },
    ...rest,
    people,
  });

  const graph: TestGraph = {
    people,
    throttle: () => api.throttle(),
    get now() {
      return now;
    },
    set now(moment) {
      now = moment;
    },
    get: (path, headers) => graph.send('GET', path, headers),
    async send(method, path, headers = {}, body = '') {
      const answer = await api.handle({
        method,
        url: new URL(path, `${origin}/v1.0/`),
        headers: { authorization: 'Bearer x', ...headers },
        body: Buffer.from(body),
        requestId: '33333333-3333-4333-8333-333333333333',
        clientRequestId: headers['client-request-id'],
      });
      const text = String(answer.body ?? '');
      return {
        status: answer.status,
        headers: answer.headers,
        text,
        json: () => JSON.parse(text) as Body,
      };
    },
    async pages(path, headers) {
      const pages: Body[] = [];
      let next: string | undefined = path;
      while (next !== undefined) {
        const answer: GraphAnswer = await graph.get(next, headers);
        if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
        pages.push(answer.json());
        next = pages.at(-1)!['@odata.nextLink'];
      }
      return pages;
    },
  };
  return graph;
}
