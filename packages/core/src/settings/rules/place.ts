import {
  type Cloud,
  type CloudName,
  cloudByGraphOrigin,
  clouds,
  cloudsByAuthorityHost,
} from '../../cloud.ts';
import type { UserQuery } from '../../query/user-query.ts';
import type { SettingValue } from '../setting-value.ts';
import { highestPrecedence } from '../setting-value.ts';
import type { Report } from '../report.ts';
import { type CloudClaims, cloudMismatch } from './cloud-pair.ts';
import { checkGraphRoot, type GraphRoot } from './graph-root.ts';
import { chooseScopes } from './scope.ts';
import { outranks, type Sourced, textOf } from './sourced.ts';
import { chooseTenant, readAuthorities } from './tenant-choice.ts';

/** Whose directory is read, where its tokens come from, and where its Graph is. */
export interface Place {
  readonly tenant: string;
  readonly cloud: CloudName | 'custom';
  readonly authority: URL;
  readonly protocol: 'entra' | 'oidc';
  readonly graph: URL;
  readonly query: UserQuery | undefined;
  readonly scopes: readonly string[];
}

function readGraph(found: readonly SettingValue[], report: Report): Sourced<GraphRoot> | undefined {
  const text = textOf(found, 'graph');
  if (text === undefined) return undefined;
  const { source, rank } = text;
  const checked = checkGraphRoot(text.value);
  if (checked.problem === undefined) return { value: checked.value, source, rank };
  report.mistake({ path: 'graph', source, ...checked.problem });
  return undefined;
}

/** The same version and query, at the Graph of a cloud that a stronger source names. */
function movedGraph({ value }: Sourced<GraphRoot>, to: Sourced<CloudName>): Sourced<GraphRoot> {
  const origin = clouds[to.value].graph;
  return { ...to, value: { ...value, origin, root: new URL(value.root.pathname, origin) } };
}

/** Lets the stronger of cloud and hosts replace the weaker: a flag `--cloud` moves a whole settings file. */
function settleClaims(claims: CloudClaims): CloudClaims {
  const { cloud, authority, graph } = claims;
  const isKnownHost =
    authority !== undefined && cloudsByAuthorityHost(authority.value.host).length > 0;
  if (isKnownHost && outranks(authority, cloud)) return { cloud: undefined, authority, graph };
  return {
    cloud,
    authority: outranks(cloud, authority) ? undefined : authority,
    graph:
      cloud !== undefined && graph !== undefined && outranks(cloud, graph)
        ? movedGraph(graph, cloud)
        : graph,
  };
}

/** The cloud whose Graph is read: of the Graph root, else as it is named, else of the authority's host. */
function cloudOf({ cloud, authority, graph }: CloudClaims): CloudName | 'custom' {
  if (graph !== undefined) return cloudByGraphOrigin(graph.value.origin) ?? 'custom';
  const [ofHost] = authority === undefined ? [] : cloudsByAuthorityHost(authority.value.host);
  return cloud?.value ?? ofHost ?? 'global';
}

/**
 * Puts tenant, cloud, authority, Graph root and scope together. A stronger source's `cloud` replaces the hosts
 * and the scope that weaker ones name; a custom host is taken as it is given, but never gets a cloud's tokens.
 */
export function resolvePlace(found: readonly SettingValue[], report: Report): Place | undefined {
  const authorities = readAuthorities(found, report);
  const tenant = chooseTenant(found, authorities, report);
  // The schema has let only the names of clouds pass.
  const named = textOf(found, 'cloud') as Sourced<CloudName> | undefined;
  const claims = settleClaims({
    cloud: named,
    authority: highestPrecedence(authorities),
    graph: readGraph(found, report),
  });
  const mismatch = cloudMismatch(claims);
  if (mismatch !== undefined) report.mistake(mismatch);

  const { authority, graph } = claims;
  const cloud = cloudOf(claims);
  const row: Cloud = cloud === 'custom' ? clouds.global : clouds[cloud];
  // A token for Microsoft Graph must not reach another host: a custom Graph gets tokens for itself.
  const resource = cloud === 'custom' && graph !== undefined ? graph.value.origin : row.graph;
  const scopeFound = found.filter(({ rank }) => named === undefined || rank <= named.rank);
  const scopes = chooseScopes(scopeFound, `${resource}/.default`, cloud === 'custom', report);
  if (tenant === undefined) return undefined;

  const protocol = textOf(found, 'protocol');
  const isOidc =
    protocol?.value === 'oidc' && authority !== undefined && !outranks(authority, protocol);
  const origin = authority?.value.origin ?? `https://${row.authorityHost}`;
  return {
    tenant,
    cloud,
    authority: new URL(`/${tenant}${isOidc ? authority.value.version : ''}`, origin),
    protocol: isOidc ? 'oidc' : 'entra',
    graph: graph?.value.root ?? new URL('/v1.0', row.graph),
    query: graph?.value.query,
    scopes,
  };
}
