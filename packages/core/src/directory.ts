import { readFile } from 'node:fs/promises';

import type { User } from '@microsoft/microsoft-graph-types';

import { cloudByGraphOrigin, clouds } from './cloud.ts';
import { adminConsentUrl } from './credential/admin-consent-url.ts';
import { foreignCredential, type TokenCredential } from './credential/foreign-credential.ts';
import { SettingsError } from './errors/settings-error.ts';
import type { UserOutcome } from './get-many.ts';
import type { ChangesPage } from './pages/changes.ts';
import type { Page } from './pages/page.ts';
import type { Receipt } from './pages/receipt.ts';
import type { Ports } from './ports.ts';
import type { UserQuery } from './query/user-query.ts';
import { type GivenSettings, parseSettings } from './settings/parse-settings.ts';
import type { Settings } from './settings/settings.ts';
import { systemClock } from './system-clock.ts';
import { directoryCredential } from './token/directory-credential.ts';
import { sharedSupply } from './token/cache/shared-supply.ts';
import { createTokenSource, type TokenSupply } from './token/token-source.ts';
import { defaultRetryPolicy } from './transport/retry-decision.ts';
import { createTransport } from './transport/transport.ts';
import { createUsers } from './users.ts';

export interface CallOptions {
  /** Aborting it stops the request under way; the call rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A listing under way: iterate it once, by user or by page. One page is in memory at a time. */
export interface UserListing extends AsyncIterable<User> {
  pages(): AsyncIterable<Page<User>>;
  /** What has come so far; `complete` only after the last page passed its checks. */
  receipt(): Receipt;
}

/** Where an interrupted listing goes on. Everything in it is checked again: it may come from a file. */
export interface ListingResume {
  /** Link of the page after the last one that was kept; null when that was the last of all. */
  readonly link: string | null;
  /** As it stood after that page. */
  readonly receipt: Receipt;
  /** Ids of all users that were kept. */
  readonly ids: AsyncIterable<string> | Iterable<string>;
}

export interface Users {
  /**
   * @throws {QueryError} when the query cannot be asked
   * @throws {ResumeError} when `resume` belongs to another tenant or query
   * @throws {ForeignLinkError} when its link does not lead into this tenant's users
   */
  list(
    query?: UserQuery,
    options?: CallOptions & { readonly resume?: ListingResume | undefined },
  ): UserListing;
  /**
   * One page, for whoever keeps the place himself: the first of `query`, or the one that `link` names. Pass the same
   * query along with a link: the headers it needs are not part of the link. `limit` does not count here.
   * @throws {DirectoryError} E_FOREIGN_LINK when the link does not point into this tenant's users
   */
  page(
    query?: UserQuery,
    options?: CallOptions & { readonly link?: URL | undefined },
  ): Promise<Page<User>>;
  /** @throws {DirectoryError} E_NO_SUCH_USER when there is none by this object id or userPrincipalName */
  get(id: string, options?: CallOptions & Pick<UserQuery, 'select'>): Promise<User>;
  /**
   * Many users, twenty in a request. Each id has an outcome of its own, in the order given: the user, or the error.
   * @throws {DirectoryError} when no outcome can be had at all
   */
  getMany(
    ids: Iterable<string> | AsyncIterable<string>,
    options?: CallOptions & Pick<UserQuery, 'select'>,
  ): AsyncIterable<UserOutcome>;
  /**
   * One delta round, page by page: everything since `from`, which is the delta link that ended the round before, or
   * `latest` to begin at this moment; everybody when absent. The last page has the link for the next round.
   * @throws {DeltaResetError} when the service no longer knows the link (they live for seven days)
   * @throws {ForeignLinkError} when it does not lead into this tenant's users
   */
  changes(
    from?: URL | 'latest',
    options?: CallOptions & Pick<UserQuery, 'select'>,
  ): AsyncIterable<ChangesPage>;
  count(query?: Pick<UserQuery, 'filter' | 'search'>, options?: CallOptions): Promise<number>;
}

/** The shape that Azure SDKs call a TokenCredential. */
export interface DirectoryCredential {
  getToken(
    scopes: string | readonly string[],
    options?: { readonly abortSignal?: AbortSignal; readonly claims?: string },
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number }>;
}

/** One tenant, opened with one application's credential. */
export interface Directory extends AsyncDisposable {
  readonly users: Users;
  readonly credential: DirectoryCredential;
}

/** What is needed to open a tenant with somebody else's credential, one of `@azure/identity` for example. */
export interface ForeignSettings extends Partial<
  Pick<Settings, 'scopes' | 'graph' | 'proxy' | 'noProxy' | 'caFile' | 'limits'>
> {
  readonly credential: TokenCredential;
  /** For the receipt: the credential alone does not say whose directory it opens. */
  readonly tenant: string;
}

type Opened = Pick<
  Settings,
  'tenant' | 'cloud' | 'scopes' | 'graph' | 'proxy' | 'noProxy' | 'caFile' | 'limits'
>;

const defaultLimits = { requestTimeout: 60_000, maxRetryAfter: 300_000 };

function isForeign(
  settings: Settings | GivenSettings | ForeignSettings,
): settings is ForeignSettings {
  return 'getToken' in settings.credential;
}

function checked(given: Settings | GivenSettings | ForeignSettings): Settings | ForeignSettings {
  return isForeign(given) || 'sources' in given ? given : parseSettings(given);
}

function completed(settings: ForeignSettings): Opened {
  const graph = settings.graph ?? new URL(`${clouds.global.graph}/v1.0`);
  return {
    ...settings,
    graph,
    cloud: cloudByGraphOrigin(graph.origin) ?? 'custom',
    scopes: settings.scopes ?? [`${graph.origin}/.default`],
    limits: settings.limits ?? defaultLimits,
  };
}

async function readAuthorities(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new SettingsError(
      [
        {
          path: 'caFile',
          source: file,
          message: 'cannot be read',
          hint: 'Give the path of a PEM file with the certificates to trust.',
        },
      ],
      error,
    );
  }
}

/** Our own credential, behind the token cache of the settings. What it needs is loaded here and not before. */
async function ownSupply(
  settings: Settings,
  ports: Ports,
  opened: AsyncDisposableStack,
): Promise<TokenSupply> {
  const { createCredential } = await import('./credential/create-credential.ts');
  const { tenant, authority, protocol, clientId, cloud, limits, tokenCache } = settings;
  const credential = createCredential(settings.credential, {
    tenant,
    authority,
    protocol,
    clientId,
    ports,
    allowWeakPermissions: settings.allowWeakPermissions,
    portal: cloud === 'custom' ? undefined : new URL(clouds[cloud].portal),
    retryPolicy: { ...defaultRetryPolicy, maxRetryAfter: limits.maxRetryAfter },
  });
  if (tokenCache.kind === 'memory') return credential;
  const { openTokenStore } = await import('./token/cache/open-token-store.ts');
  const store = await openTokenStore(tokenCache, settings, ports);
  return store === undefined
    ? credential
    : sharedSupply(credential, opened.use(store), settings, ports);
}

/**
 * Opens one tenant. Nothing is sent before the first question. Dispose of it when done: connections are kept alive
 * until then.
 * @param replaced ports to put in the place of the real ones: a log, above all, which is silent otherwise
 * @param given checked settings, plain ones to check, or somebody else's credential and what goes with it
 * @throws {SettingsError} when plain settings cannot be used, or the file with certificate authorities not be read
 */
export async function openDirectory(
  given: Settings | GivenSettings | ForeignSettings,
  replaced: Partial<Ports> = {},
): Promise<Directory> {
  const settings = checked(given);
  const foreign = isForeign(settings);
  const { tenant, cloud, scopes, graph, proxy, noProxy, caFile, limits } = foreign
    ? completed(settings)
    : settings;
  await using opened = new AsyncDisposableStack();
  const dispatch = replaced.dispatch ?? (await openDispatch());
  const ports: Ports = {
    clock: systemClock,
    random: Math.random,
    log: () => {},
    ...replaced,
    dispatch,
  };

  async function openDispatch(): Promise<Ports['dispatch']> {
    const { createUndiciDispatch } = await import('./transport/undici-dispatch.ts');
    const ca = await readAuthorities(caFile);
    return opened.use(
      createUndiciDispatch({ ca, proxy, noProxy, totalTimeout: limits.requestTimeout }),
    ).dispatch;
  }

  const tokens = opened.use(
    createTokenSource(
      foreign
        ? foreignCredential(settings.credential, ports.clock)
        : await ownSupply(settings, ports, opened),
      ports,
    ),
  );
  // Nobody can consent by an address to an application that only the platform can name.
  const consentUrl =
    foreign || settings.clientId === '' ? undefined : adminConsentUrl(settings).href;
  const send = createTransport({
    ports,
    tokens,
    scopes,
    origin: graph.origin,
    limits,
    adminConsentUrl: consentUrl,
  });
  const resources = opened.move();
  return {
    users: createUsers({
      send,
      root: graph,
      listed: { tenant, cloud },
      ports,
      adminConsentUrl: consentUrl,
      defaults: foreign ? undefined : settings.query,
    }),
    credential: directoryCredential(tokens),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
