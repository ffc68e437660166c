import { clouds } from './cloud.ts';
import { type Connection, toConnection } from './connection.ts';
import type { Credential } from './credential/credential.ts';
import type { DiagnoseOptions } from './doctor/diagnose.ts';
import type { Verdict } from './doctor/verdict.ts';
import type { SettingsWarning } from './errors/settings-error.ts';
import { createPipeline } from './graph/pipeline.ts';
import type { UndiciDispatch } from './http/undici-dispatch.ts';
import { reportUnknownHosts } from './http/unknown-hosts.ts';
import type { Ports } from './ports.ts';
import { createDeadline } from './retry/deadline.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry/retry-decision.ts';
import { type GivenSettings, parseSettings } from './settings/parse-settings.ts';
import type { Settings } from './settings/settings.ts';
import { readTrustedCertificates } from './settings/read-trusted-certificates.ts';
import { systemClock } from './system-clock.ts';
import { directoryCredential } from './token/directory-credential.ts';
import { createTokenSource, type TokenProvider } from './token/token-source.ts';
import { createUsers } from './users/create-users.ts';
import type { Directory } from './users/directory.ts';
import { createResourceStack, type ResourceStack } from './resource-stack.ts';

/** A tenant that is open, with the parts that were wired for it. */
export interface OpenConnection extends AsyncDisposable {
  readonly connection: Connection;
  readonly directory: Directory;
  readonly credential: Credential;
  readonly ports: Ports;
  /** Problems of the settings that do not prevent their use. */
  readonly warnings: readonly SettingsWarning[];
}

export interface OpenOptions {
  /** Replacements for the real ports. */
  readonly ports?: Partial<Ports> | undefined;
  /** The limits of the settings apply in addition. */
  readonly retryPolicy?: RetryPolicy | undefined;
  /** Whether tokens are taken from the shared token cache of the settings; true when absent. */
  readonly useTokenCache?: boolean | undefined;
}

/** The ports, and the early opening of the connection to Graph, which a dispatch port that replaces ours lacks. */
interface OpenPorts {
  readonly ports: Ports;
  readonly connectEarly: () => void;
}

/** The real ports, except those that are replaced. What is opened for them is added to `resources`. */
async function openPorts(
  { graph, authority, sources, network, limits }: Connection,
  replaced: Partial<Ports>,
  resources: ResourceStack,
): Promise<OpenPorts> {
  const { proxy, noProxy, caFile } = network;
  async function openDispatch(): Promise<UndiciDispatch> {
    const { createUndiciDispatch } = await import('./http/undici-dispatch.ts');
    const ca = await readTrustedCertificates(caFile, sources.get('caFile'));
    return resources.use(
      createUndiciDispatch({ ca, proxy, noProxy, totalTimeout: limits.requestTimeout }),
    );
  }
  const { dispatch, connectEarly } =
    replaced.dispatch === undefined
      ? await openDispatch()
      : { dispatch: replaced.dispatch, connectEarly: () => {} };
  const ports = {
    clock: systemClock,
    random: Math.random,
    log: () => {},
    ...replaced,
    dispatch: reportUnknownHosts(
      dispatch,
      { graph, authority, proxy, sources },
      replaced.canResolve,
    ),
  };
  return { ports, connectEarly: () => connectEarly(graph) };
}

/** Opens the connection to Graph while the first token is requested. */
function withEarlyConnection(provider: TokenProvider, connectEarly: () => void): TokenProvider {
  return {
    requestToken(request) {
      connectEarly();
      return provider.requestToken(request);
    },
  };
}

async function openCredential(
  connection: Connection,
  ports: Ports,
  retryPolicy: RetryPolicy,
): Promise<Credential> {
  const { createCredential } = await import('./credential/create-credential.ts');
  const { tenant, authority, protocol, application, cloud, limits } = connection;
  return createCredential(connection.credential, {
    tenant,
    authority,
    protocol,
    clientId: application?.clientId ?? '',
    ports,
    requestTimeout: limits.requestTimeout,
    allowWeakPermissions: connection.allowWeakPermissions,
    portal: cloud === 'custom' ? undefined : new URL(clouds[cloud].portal),
    retryPolicy,
  });
}

/** The credential itself, or behind the token cache that processes share. */
async function openTokenProvider(
  credential: Credential,
  { tokenCache, authority, tenant, application, sources }: Connection,
  ports: Ports,
  resources: ResourceStack,
): Promise<TokenProvider> {
  // A cache that this credential cannot seal is reported as a warning of the settings.
  if (tokenCache.kind === 'memory' || credential.sealingSecret === undefined) return credential;
  const { openStore } = await import('./store/open-store.ts');
  const { createSharedTokenProvider } = await import('./token/shared-token-provider.ts');
  const owner = { authority, tenant, clientId: application?.clientId ?? '' };
  const store = await openStore(tokenCache, { owner, ports, source: sources.get('tokenCache') });
  return store === undefined
    ? credential
    : createSharedTokenProvider(credential, resources.use(store), owner, ports);
}

/** Wires the parts of an open tenant. */
function wireDirectory(
  connection: Connection,
  ports: Ports,
  provider: TokenProvider,
  retryPolicy: RetryPolicy,
): Directory {
  const { graph, scopes, limits, application } = connection;
  const tokens = createTokenSource(provider, ports);
  const pipeline = createPipeline({
    ports,
    tokens,
    scopes,
    origin: graph.origin,
    requestTimeout: limits.requestTimeout,
    policy: retryPolicy,
    adminConsentUrl: application?.adminConsentUrl,
  });
  const { deadline } = limits;
  const startDeadline = () => createDeadline(ports.clock, deadline);
  return {
    users: createUsers({
      pipeline,
      root: graph,
      listed: connection,
      ports,
      deadline,
      adminConsentUrl: application?.adminConsentUrl,
      defaults: connection.query,
    }),
    credential: directoryCredential(tokens, startDeadline),
    [Symbol.asyncDispose]: () => tokens[Symbol.asyncDispose](),
  };
}

function isLoaded(given: Settings | GivenSettings): given is Settings {
  return (
    typeof given === 'object' &&
    given !== null &&
    'sources' in given &&
    given.sources instanceof Map
  );
}

/**
 * Opens one tenant and returns its parts as well: for `openDirectory` and for the doctor, which examines each of them.
 * @throws {SettingsError} when plain settings are invalid, or the file of CA certificates cannot be read
 */
async function openConnection(
  given: Settings | GivenSettings,
  { ports: replaced = {}, retryPolicy = defaultRetryPolicy, useTokenCache = true }: OpenOptions,
): Promise<OpenConnection> {
  const settings = isLoaded(given) ? given : parseSettings(given);
  const connection = toConnection(settings);
  const maxRetryAfter = Math.min(retryPolicy.maxRetryAfter, connection.limits.maxRetryAfter);
  const policy = { ...retryPolicy, maxRetryAfter };
  await using opened = createResourceStack();
  const { ports, connectEarly } = await openPorts(connection, replaced, opened);
  const credential = await openCredential(connection, ports, policy);
  const provider = useTokenCache
    ? await openTokenProvider(credential, connection, ports, opened)
    : credential;
  const directory = opened.use(
    wireDirectory(connection, ports, withEarlyConnection(provider, connectEarly), policy),
  );
  const resources = opened.move();
  const { warnings } = settings;
  const close = () => resources[Symbol.asyncDispose]();
  return { connection, directory, credential, ports, warnings, [Symbol.asyncDispose]: close };
}

/** Opens one tenant; see `openDirectory` of library.ts. */
export async function openDirectory(
  given: Settings | GivenSettings,
  replaced: Partial<Ports> = {},
): Promise<Directory> {
  const open = await openConnection(given, { ports: replaced });
  for (const { path, source, message, hint } of open.warnings)
    open.ports.log('settings-warning', { path, source, message, hint });
  return { ...open.directory, [Symbol.asyncDispose]: () => open[Symbol.asyncDispose]() };
}

/** Checks each step from the settings to the first user; see `diagnose` of library.ts. */
export async function* diagnose(
  given:
    | Settings
    | GivenSettings
    | (() => Settings | GivenSettings | Promise<Settings | GivenSettings>),
  options: DiagnoseOptions = {},
): AsyncGenerator<Verdict, void, undefined> {
  const { runSteps } = await import('./doctor/diagnose.ts');
  const load = typeof given === 'function' ? given : () => given;
  yield* runSteps(async (openOptions) => openConnection(await load(), openOptions), options);
}
