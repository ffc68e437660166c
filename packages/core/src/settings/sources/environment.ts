import { type SettingValue, type Rank, ranks } from '../setting-value.ts';
import type { Report } from '../report.ts';

/** One setting that environment variables give: by the first of `names` that is set. */
interface Variable {
  readonly names: readonly string[];
  readonly path: string;
  readonly kind?: string;
  readonly accessory?: boolean;
  /** Set for every program alike, so that whatever is meant for this one goes before it. */
  readonly ambient?: boolean;
  readonly read?: (value: string) => unknown;
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/**
 * The names that Azure's SDKs read, then those of the Node quickstart's `.env`, then ours.
 * For Azure's see https://learn.microsoft.com/javascript/api/overview/azure/identity-readme#environment-variables.
 */
export const environmentVariables: readonly Variable[] = [
  { names: ['AZURE_TENANT_ID', 'TENANT_ID'], path: 'tenant' },
  {
    names: ['AZURE_AUTHORITY_HOST', 'AAD_ENDPOINT'],
    path: 'authority',
    // Azure's SDKs take a bare host too.
    read: (value) =>
      /^[\w.-]+\/?$/u.test(value.trim()) && value.includes('.') ? `https://${value.trim()}` : value,
  },
  { names: ['AZURE_CLIENT_ID', 'CLIENT_ID'], path: 'clientId' },
  { names: ['GRAPH_ENDPOINT'], path: 'graph' },
  {
    names: ['AZURE_CLIENT_SECRET', 'CLIENT_SECRET'],
    path: 'credential.secret',
    kind: 'client-secret',
  },
  { names: ['AZURE_CLIENT_CERTIFICATE_PATH'], path: 'credential.file', kind: 'client-certificate' },
  // PEM, or base64 of PEM or PFX, for platforms that keep secrets in variables only.
  {
    names: ['AZURE_CLIENT_CERTIFICATE'],
    path: 'credential.content',
    kind: 'client-certificate',
  },
  {
    names: ['AZURE_CLIENT_CERTIFICATE_PASSWORD'],
    path: 'credential.password',
    kind: 'client-certificate',
    accessory: true,
  },
  {
    names: ['AZURE_CLIENT_SEND_CERTIFICATE_CHAIN'],
    path: 'credential.sendChain',
    kind: 'client-certificate',
    accessory: true,
    read: (value) => booleans.get(value.trim().toLowerCase()) ?? value,
  },
  // Kubernetes puts it into every pod that may have a workload identity.
  {
    names: ['AZURE_FEDERATED_TOKEN_FILE'],
    path: 'credential.file',
    kind: 'federated',
    ambient: true,
  },
  { names: ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'], path: 'proxy' },
  { names: ['NO_PROXY', 'no_proxy'], path: 'noProxy' },
  // Node itself trusts them already; named here for whoever sets the variable in an env file.
  { names: ['NODE_EXTRA_CA_CERTS'], path: 'caFile', ambient: true },
  { names: ['ROLLCALL_TOKEN_CACHE'], path: 'tokenCache' },
];

/** What is set: variable to value and where it is set. */
export type SetVariables = ReadonlyMap<string, { readonly value: string; readonly source: string }>;

/** The variables' values under the names of the native form. An empty variable is as good as none. */
export function readEnvironment(
  variables: SetVariables,
  context: { readonly rank: Rank; readonly folder: string },
  report: Report,
): readonly SettingValue[] {
  return environmentVariables.flatMap(({ names, path, kind, accessory, ambient, read }) => {
    const given = names.flatMap((name) => {
      const variable = variables.get(name);
      return variable === undefined ? [] : [{ name, ...variable }];
    });
    const [first, ...others] = given.filter(({ value }) => value !== '');
    for (const { name, source } of given.filter(({ value }) => value === '')) {
      if (ambient === true || path === 'proxy' || path === 'noProxy') continue;
      report.warning({
        path,
        source,
        message: `${name} is set but empty, and counts as not set`,
        hint: 'Give it a value, or remove it.',
      });
    }
    if (first === undefined) return [];
    for (const other of others.filter(({ value }) => value !== first.value && path !== 'proxy')) {
      report.warning({
        path,
        source: `${first.source} and ${other.source}`,
        message: `${first.name} and ${other.name} differ; ${first.name} counts`,
        hint: `Remove ${other.name}.`,
      });
    }
    const value = read === undefined ? first.value : read(first.value);
    const { folder } = context;
    const rank = ambient === true ? ranks.ambient : context.rank;
    return [{ path, value, source: first.source, rank, folder, kind, accessory }];
  });
}
