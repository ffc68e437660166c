import type { Groups } from '../directory/groups.ts';
import type { People } from '../directory/people.ts';
import type { BodyBuffers } from '../http/body-buffers.ts';
import type { Call } from '../http/handler.ts';
import type { Caller } from './caller.ts';
import type { DeltaTokens } from './delta/delta-token.ts';
import type { AskedTokens } from './paging/asked-tokens.ts';
import type { PageCookies } from './paging/page-cookies.ts';
import type { PageTokens } from './paging/page-token.ts';
import type { QueryOptions } from './query/query-options.ts';
import type { Unsettled } from './unsettled.ts';
import type { UserPages } from './users/user-pages.ts';
import type { WrittenUsers } from './users/written-users.ts';

/** One authorised request, parsed as far as every operation needs it. */
export interface GraphRequest {
  readonly call: Call;
  readonly caller: Caller;
  readonly options: QueryOptions;
  /** `ConsistencyLevel: eventual` was sent: half of what an advanced query needs (1.2). */
  readonly eventual: boolean;
  readonly resourceUnits: number;
}

/** What operations work on. */
export interface Directory {
  readonly people: People;
  readonly groups: Groups;
  readonly tokens: PageTokens;
  readonly cookies: PageCookies;
  readonly askedTokens: AskedTokens;
  readonly deltaTokens: DeltaTokens;
  readonly pages: UserPages;
  readonly written: WrittenUsers;
  readonly bodyBuffers: BodyBuffers;
  readonly unsettled: Unsettled;
  /** Scheme, host and port that links and contexts begin with. */
  origin(): string;
  /** Milliseconds since 1970. */
  now(): number;
}
