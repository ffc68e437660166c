import type { StrategyRegistry } from '../../credential/strategy.ts';
import { withoutLineBreak } from '../../credential/without-line-break.ts';
import type { Secret } from '../../secret.ts';
import type { IssueReport } from '../collect-issues.ts';
import { type Precedence, precedences, type Sealer, type SettingValue } from '../setting-value.ts';

/** A setting that environment variables can set: the first of `names` that has a value. */
export interface EnvironmentVariable {
  readonly names: readonly string[];
  readonly path: string;
  readonly kind?: string | undefined;
  readonly isSupplementary?: boolean | undefined;
  /** The platform sets the variable for every program, so that every other source has precedence over it. */
  readonly isSetByPlatform?: boolean | undefined;
  /** Other programs read the variable too, so that an empty value is not a mistake in these settings. */
  readonly isShared?: boolean | undefined;
  /** It is for Rollcall alone, so that it has precedence over files. */
  readonly isOwn?: boolean | undefined;
  readonly parse?: ((value: string) => unknown) | undefined;
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

function parseBoolean(value: string): unknown {
  return booleans.get(value.trim().toLowerCase()) ?? value;
}

/** Azure SDKs accept a host without https:// as well. */
function parseAuthorityHost(value: string): string {
  const host = value.trim();
  return /^[\w.-]+\/?$/u.test(host) && host.includes('.') ? `https://${host}` : value;
}

const plainVariables: readonly EnvironmentVariable[] = [
  { names: ['AZURE_TENANT_ID', 'TENANT_ID'], path: 'tenant' },
  {
    names: ['AZURE_AUTHORITY_HOST', 'AAD_ENDPOINT'],
    path: 'authority',
    parse: parseAuthorityHost,
  },
  { names: ['AZURE_CLIENT_ID', 'CLIENT_ID'], path: 'clientId' },
  { names: ['GRAPH_ENDPOINT'], path: 'graph' },
  {
    names: ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'],
    path: 'proxy',
    isShared: true,
  },
  { names: ['NO_PROXY', 'no_proxy'], path: 'noProxy', isShared: true },
  // Node reads this variable only from the environment of the process, not from an env file.
  { names: ['NODE_EXTRA_CA_CERTS'], path: 'caFile', isSetByPlatform: true },
];

/** One variable for each setting outside the credential, such as `ROLLCALL_CLIENT_ID` for `clientId`. */
const ownVariables: readonly EnvironmentVariable[] = [
  'tenant',
  'clientId',
  'cloud',
  'authority',
  'graph',
  'proxy',
  'caFile',
  'tokenCache',
  'deadline',
  'requestTimeout',
  'maxRetryAfter',
].map((path) => ({
  names: [`ROLLCALL_${path.replaceAll(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase()}`],
  path,
  isOwn: true,
}));

/**
 * Returns every environment variable that is read: those of Azure SDKs, of the Node quickstart's `.env`, and
 * Rollcall's own. Source for Azure SDKs:
 * https://learn.microsoft.com/javascript/api/overview/azure/identity-readme#environment-variables.
 */
export function environmentVariables(strategies: StrategyRegistry): readonly EnvironmentVariable[] {
  const ofStrategies = Object.values(strategies).flatMap(({ kind, settings }) =>
    Object.entries(settings).flatMap(([name, setting]): readonly EnvironmentVariable[] => {
      const { variables: names, isSupplementary, isSetByPlatform, type } = setting;
      if (names === undefined) return [];
      const path = `credential.${name}`;
      const parse = type === 'boolean' || type === 'true' ? parseBoolean : undefined;
      return [{ names, path, kind, isSupplementary, isSetByPlatform, parse }];
    }),
  );
  return [...ownVariables, ...plainVariables, ...ofStrategies];
}

/** Variables by name, each with its sealed value and its source. */
export type SetVariables = ReadonlyMap<string, { readonly value: Secret; readonly source: string }>;

/** How the values of the variables are read. */
export interface EnvironmentContext {
  readonly precedence: Precedence;
  /** The directory that relative paths in the variables start from. */
  readonly directory: string;
  readonly strategies: StrategyRegistry;
  readonly seal: Sealer;
}

function warnOfEmpty(name: string, source: string, path: string, report: IssueReport): void {
  report.warning({
    path,
    source,
    message: `${name} is empty and is treated as not set`,
    hint: `Set a value, or unset ${name}.`,
  });
}

/** Returns the values of the variables under their names in the native form. An empty variable counts as not set. */
export function readEnvironment(
  variables: SetVariables,
  { precedence, directory, strategies, seal }: EnvironmentContext,
  report: IssueReport,
): readonly SettingValue[] {
  return environmentVariables(strategies).flatMap((definition) => {
    const { names, path, kind, isSupplementary, isShared, parse } = definition;
    const isOfProcess = precedence === precedences.environment;
    const isSetByPlatform = isOfProcess && definition.isSetByPlatform === true;
    const isOwn = isOfProcess && definition.isOwn === true;
    const set = names.flatMap((name) => {
      const variable = variables.get(name);
      return variable === undefined ? [] : [{ name, ...variable }];
    });
    const [first, ...others] = set.filter(({ value }) => value.reveal() !== '');
    for (const { name, source, value } of set)
      if (value.reveal() === '' && !isSetByPlatform && isShared !== true)
        warnOfEmpty(name, source, path, report);
    if (first === undefined) return [];
    for (const other of others) {
      if (path === 'proxy' || other.value.reveal() === first.value.reveal()) continue;
      report.warning({
        path,
        source: `${first.source} and ${other.source}`,
        message: `${first.name} and ${other.name} have different values; ${first.name} is used`,
        hint: `Unset ${other.name}.`,
      });
    }
    const text = withoutLineBreak(first.value.reveal());
    return [
      {
        path,
        value: seal(path, parse === undefined ? text : parse(text)),
        source: first.source,
        precedence: isSetByPlatform
          ? precedences.platform
          : isOwn
            ? precedences.variable
            : precedence,
        directory,
        kind,
        isSupplementary,
      },
    ];
  });
}
