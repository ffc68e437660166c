import type { HttpRequest } from '../ports.ts';
import { fakeId, fakeRoot, type Turn } from './fake-graph.ts';

export interface FakeUser {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly createdDateTime: string | null;
}

/** How the service treats ranges of userPrincipalName. */
export type NameRanges =
  | { readonly compare: (one: string, other: string) => number }
  | 'refused'
  | 'ignored';

export interface FakeTenantOptions {
  readonly users: readonly FakeUser[];
  readonly nameRanges: NameRanges;
  /** How the service treats `$orderby=userPrincipalName desc`; refused when absent. */
  readonly descending?: 'accepted' | 'refused' | 'ignored' | undefined;
  /** Whether ranges of createdDateTime are refused. */
  readonly refusesTimes?: boolean | undefined;
  /** In [0, 1): how often a next link has expired when it is used. */
  readonly expiry?: number | undefined;
  readonly random?: (() => number) | undefined;
}

/** A service that applies the filters of a parallel listing. Independent of the code that writes them. */
export interface FakeTenant {
  /** For `openFake`. */
  answer(request: HttpRequest): Turn;
  /** The number of requests for pages with each filter. */
  readonly filters: ReadonlyMap<string, number>;
}

export function fakeUser(index: number, name: string, created: string | null): FakeUser {
  return { id: fakeId(index), userPrincipalName: name, createdDateTime: created };
}

function refusal(): Turn {
  return {
    status: 400,
    body: { error: { code: 'Request_UnsupportedQuery', message: 'Unsupported filter.' } },
  };
}

const range = /^(?<name>createdDateTime|userPrincipalName) (?<operator>ge|le) '?(?<value>.*?)'?$/;
const prefix = /^startsWith\(userPrincipalName,'(?<value>.*)'\)$/;

export function createFakeTenant(options: FakeTenantOptions): FakeTenant {
  const { users, nameRanges, refusesTimes = false, expiry = 0, random = () => 0.5 } = options;
  const { descending = 'refused' } = options;
  const filters = new Map<string, number>();

  function matches(user: FakeUser, term: string): boolean {
    if (term === 'createdDateTime eq null') return user.createdDateTime === null;
    const start = prefix.exec(term)?.groups?.['value'];
    if (start !== undefined)
      return user.userPrincipalName.toLowerCase().startsWith(start.replaceAll("''", "'"));
    const { name, operator, value = '' } = range.exec(term)?.groups ?? {};
    if (name === 'createdDateTime') {
      if (user.createdDateTime === null) return false;
      const difference = Date.parse(user.createdDateTime) - Date.parse(value);
      return operator === 'ge' ? difference >= 0 : difference <= 0;
    }
    if (typeof nameRanges === 'string') return nameRanges === 'ignored';
    const order = nameRanges.compare(user.userPrincipalName, value.replaceAll("''", "'"));
    return operator === 'ge' ? order >= 0 : order <= 0;
  }

  return {
    filters,
    answer({ url }) {
      const filter = url.searchParams.get('$filter') ?? '';
      const terms = filter === '' ? [] : filter.split(' and ');
      if (terms.some((term) => range.test(term))) {
        const isByName = filter.includes('userPrincipalName ');
        if (isByName ? nameRanges === 'refused' : refusesTimes) return refusal();
      }
      const order = url.searchParams.get('$orderby');
      const isDescending = order?.endsWith(' desc') === true;
      if (isDescending && descending === 'refused') return refusal();
      const found = users.filter((user) => terms.every((term) => matches(user, term)));
      if (order !== null)
        found.sort((one, other) => (one.userPrincipalName < other.userPrincipalName ? -1 : 1));
      if (isDescending && descending === 'accepted') found.reverse();
      if (url.pathname.endsWith('/$count')) return { body: found.length };
      const skip = Number(url.searchParams.get('$skiptoken') ?? 0);
      if (skip > 0 && random() < expiry)
        return { status: 400, body: { error: { code: 'Directory_ExpiredPageToken' } } };
      filters.set(filter, (filters.get(filter) ?? 0) + 1);
      const top = Number(url.searchParams.get('$top') ?? 100);
      const next = new URL(`${fakeRoot.href}/users${url.search}`);
      next.searchParams.set('$skiptoken', String(skip + top));
      const link = skip + top < found.length ? { '@odata.nextLink': next.href } : {};
      return { body: { value: found.slice(skip, skip + top), ...link } };
    },
  };
}
