import {
  type Cloud,
  type CloudName,
  cloudByGraphOrigin,
  clouds,
  cloudsByAuthorityHost,
} from '../../../cloud.ts';
import type { UserQuery } from '../../../query/user-query.ts';
import type { IssueReport } from '../../collect-issues.ts';
import { highestPrecedence, type SettingValue } from '../../setting-value.ts';
import { cloudMismatch, type CloudSettings } from './cloud-mismatch.ts';
import { checkGraphRoot, type GraphRoot } from './check-graph-root.ts';
import { selectScopes } from './select-scopes.ts';
import { readAuthorities, selectTenant } from './select-tenant.ts';
import { hasPrecedenceOver, type SourcedValue, textOf } from './sourced-value.ts';

/** The tenant, and the endpoints where its tokens are issued and its users are read. */
export interface TenantEndpoints {
  readonly tenant: string;
  readonly cloud: CloudName | 'custom';
  readonly authority: URL;
  readonly protocol: 'entra' | 'oidc';
  readonly graph: URL;
  readonly query: UserQuery | undefined;
  readonly scopes: readonly string[];
}

function readGraph(
  values: readonly SettingValue[],
  report: IssueReport,
): SourcedValue<GraphRoot> | undefined {
  const text = textOf(values, 'graph');
  if (text === undefined) return undefined;
  const { source, precedence } = text;
  const checked = checkGraphRoot(text.value);
  if (checked.problem === undefined) return { value: checked.value, source, precedence };
  report.error({ path: 'graph', source, ...checked.problem });
  return undefined;
}

/** Returns the same version and query at the Graph host of a cloud. */
function graphOfCloud(
  { value }: SourcedValue<GraphRoot>,
  cloud: SourcedValue<CloudName>,
): SourcedValue<GraphRoot> {
  const origin = clouds[cloud.value].graph;
  return { ...cloud, value: { ...value, origin, root: new URL(value.root.pathname, origin) } };
}

/**
 * Lets cloud and hosts replace each other by precedence: a flag `--cloud` changes the hosts of a whole settings file.
 */
function applyPrecedence(settings: CloudSettings): CloudSettings {
  const { cloud, authority, graph } = settings;
  const isKnownHost =
    authority !== undefined && cloudsByAuthorityHost(authority.value.host).length > 0;
  if (isKnownHost && hasPrecedenceOver(authority, cloud))
    return { cloud: undefined, authority, graph };
  return {
    cloud,
    authority: hasPrecedenceOver(cloud, authority) ? undefined : authority,
    graph:
      cloud !== undefined && graph !== undefined && hasPrecedenceOver(cloud, graph)
        ? graphOfCloud(graph, cloud)
        : graph,
  };
}

/** Returns the cloud of the Graph root, else the configured cloud, else the cloud of the authority's host. */
function cloudOf({ cloud, authority, graph }: CloudSettings): CloudName | 'custom' {
  if (graph !== undefined) return cloudByGraphOrigin(graph.value.origin) ?? 'custom';
  const [ofHost] = authority === undefined ? [] : cloudsByAuthorityHost(authority.value.host);
  return cloud?.value ?? ofHost ?? 'global';
}

/**
 * Combines tenant, cloud, authority, Graph root and scope. `cloud` replaces the hosts and the scope of sources with
 * lower precedence. A custom host is used as it is, but never receives tokens of a cloud.
 */
export function resolveTenantEndpoints(
  values: readonly SettingValue[],
  report: IssueReport,
): TenantEndpoints | undefined {
  const authorities = readAuthorities(values, report);
  const tenant = selectTenant(values, authorities, report);
  // The schema has accepted only names of clouds.
  const configured = textOf(values, 'cloud') as SourcedValue<CloudName> | undefined;
  const settings = applyPrecedence({
    cloud: configured,
    authority: highestPrecedence(authorities),
    graph: readGraph(values, report),
  });
  const mismatch = cloudMismatch(settings);
  if (mismatch !== undefined) report.error(mismatch);

  const { authority, graph } = settings;
  const cloud = cloudOf(settings);
  const defaults: Cloud = cloud === 'custom' ? clouds.global : clouds[cloud];
  const scopeValues = values.filter(
    ({ precedence }) => configured === undefined || precedence <= configured.precedence,
  );
  // A token for Microsoft Graph must not reach another host: a custom Graph gets tokens for itself.
  const resource = cloud === 'custom' && graph !== undefined ? graph.value.origin : defaults.graph;
  const isCustom = cloud === 'custom';
  const scopes = selectScopes(scopeValues, `${resource}/.default`, isCustom, report);
  if (tenant === undefined) return undefined;

  const protocol = textOf(values, 'protocol');
  const isOidc =
    protocol?.value === 'oidc' &&
    authority !== undefined &&
    !hasPrecedenceOver(authority, protocol);
  const origin = authority?.value.origin ?? `https://${defaults.authorityHost}`;
  return {
    tenant,
    cloud,
    authority: new URL(`/${tenant}${isOidc ? authority.value.version : ''}`, origin),
    protocol: isOidc ? 'oidc' : 'entra',
    graph: graph?.value.root ?? new URL('/v1.0', defaults.graph),
    query: graph?.value.query,
    scopes,
  };
}
