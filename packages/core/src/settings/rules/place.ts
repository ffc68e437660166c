import {
  type Cloud,
  type CloudName,
  cloudByGraphOrigin,
  clouds,
  cloudsByAuthorityHost,
} from '../../cloud.ts';
import type { UserQuery } from '../../query/user-query.ts';
import { type FoundValue, type Rank, strongest, valuesOf } from '../found-value.ts';
import type { Report } from '../report.ts';
import { type AuthorityParts, checkAuthority } from './authority.ts';
import { checkGraphRoot, type GraphRoot } from './graph-root.ts';
import { holdsPlaceholder, placeholderProblem, whereToFind } from './placeholder.ts';
import { checkTenant } from './tenant.ts';

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

/** A value that passed its own check, with its origin. */
interface Sourced<Value> {
  readonly value: Value;
  readonly source: string;
  readonly rank: Rank;
}

/** Graph's own application id: as good as its origin in a scope, in every cloud. */
const graphAppId = '00000003-0000-0000-c000-000000000000';

function isText(found: FoundValue): found is FoundValue & { readonly value: string } {
  return typeof found.value === 'string';
}

/** Every authority that is well-formed, and a mistake for the strongest when it is not. */
function authoritiesOf(
  found: readonly FoundValue[],
  report: Report,
): readonly Sourced<AuthorityParts>[] {
  const texts = valuesOf(found, 'authority').filter(isText);
  const counting = strongest(texts);
  return texts.flatMap((each) => {
    const checked = checkAuthority(each.value);
    if (checked.problem === undefined) return [{ ...each, value: checked.value }];
    if (each === counting) {
      const problem = holdsPlaceholder(each.value)
        ? placeholderProblem('authority')
        : checked.problem;
      report.mistake({ path: 'authority', source: each.source, ...problem });
    }
    return [];
  });
}

function tenantMeant(text: string): string | undefined {
  const checked = checkTenant(text);
  return checked.problem === undefined ? checked.value : undefined;
}

function tenantOf(
  found: readonly FoundValue[],
  authorities: readonly Sourced<AuthorityParts>[],
  report: Report,
): string | undefined {
  const own: readonly Sourced<string>[] = valuesOf(found, 'tenant').filter(isText);
  const inAuthorities = authorities.flatMap(({ value, source, rank }) =>
    value.tenant === undefined ? [] : [{ value: value.tenant, source, rank }],
  );
  const counting = strongest([...own, ...inAuthorities]);
  if (counting === undefined) {
    const message = 'the directory to read is not given';
    report.mistake({ path: 'tenant', source: 'nowhere', message, hint: whereToFind('tenant') });
    return undefined;
  }
  const path = own.includes(counting) ? 'tenant' : 'authority';
  const checked = checkTenant(counting.value);
  if (checked.problem !== undefined) {
    report.mistake({ path, source: counting.source, ...checked.problem });
    return undefined;
  }
  const rival = inAuthorities.find(
    ({ value, rank }) => rank === counting.rank && tenantMeant(value) !== checked.value,
  );
  if (rival !== undefined) {
    const source = `${counting.source} and ${rival.source}`;
    const message = 'tenant and authority name different directories';
    report.mistake({ path: 'tenant', source, message, hint: 'Keep the tenant in one of the two.' });
  }
  return checked.value;
}

function cloudOf(found: readonly FoundValue[]): Sourced<CloudName> | undefined {
  const given = strongest(valuesOf(found, 'cloud').filter(isText));
  // The schema has let only their names pass.
  return given === undefined ? undefined : { ...given, value: given.value as CloudName };
}

function graphOf(
  found: readonly FoundValue[],
  cloud: Sourced<CloudName> | undefined,
  report: Report,
): Sourced<GraphRoot> | 'unusable' | undefined {
  const given = strongest(valuesOf(found, 'graph').filter(isText));
  if (given === undefined) return undefined;
  const checked = checkGraphRoot(given.value);
  if (checked.problem !== undefined) {
    report.mistake({ path: 'graph', source: given.source, ...checked.problem });
    return 'unusable';
  }
  if (cloud === undefined || cloud.rank >= given.rank) return { ...given, value: checked.value };
  // A cloud named by a stronger source moves the root there; version and query stay as they are.
  const { origin } = new URL(clouds[cloud.value].graph);
  const root = new URL(checked.value.root.pathname, origin);
  return { ...cloud, value: { ...checked.value, origin, root } };
}

/** Tells when host, Graph and the cloud that is named do not belong together. */
function checkPair(
  authority: Sourced<AuthorityParts> | undefined,
  graph: Sourced<GraphRoot> | undefined,
  cloud: Sourced<CloudName> | undefined,
  report: Report,
): void {
  const hostClouds = authority === undefined ? [] : cloudsByAuthorityHost(authority.value.host);
  const graphCloud = graph === undefined ? undefined : cloudByGraphOrigin(graph.value.origin);
  const clash = (
    path: string,
    others: readonly Sourced<unknown>[],
    message: string,
    hint: string,
  ) =>
    report.mistake({
      path,
      source: others.map(({ source }) => source).join(' and '),
      message,
      hint,
    });

  if (
    cloud !== undefined &&
    authority !== undefined &&
    hostClouds.length > 0 &&
    !hostClouds.includes(cloud.value)
  ) {
    clash(
      'cloud',
      [cloud, authority],
      `the cloud is ${cloud.value}, the authority's host is of ${hostClouds.join(' and ')}`,
      'Remove one of the two; the cloud brings its own hosts.',
    );
    return;
  }
  if (
    cloud !== undefined &&
    graph !== undefined &&
    graphCloud !== undefined &&
    graphCloud !== cloud.value
  ) {
    clash(
      'cloud',
      [cloud, graph],
      `the cloud is ${cloud.value}, the Graph root is of ${graphCloud}`,
      'Remove one of the two; the cloud brings its own hosts.',
    );
    return;
  }
  if (authority === undefined || graph === undefined || hostClouds.length === 0) return;
  if (graphCloud === undefined) {
    clash(
      'graph',
      [graph, authority],
      `${graph.value.root.host} is no cloud's Graph, and would get tokens of the ${hostClouds.join(' and ')} cloud`,
      `Remove graph, or give the authority that issues tokens for ${graph.value.root.host}.`,
    );
  } else if (!hostClouds.includes(graphCloud)) {
    clash(
      'graph',
      [graph, authority],
      `the Graph root is of the ${graphCloud} cloud, the authority of ${hostClouds.join(' and ')}; tokens of one mean nothing to the other`,
      `Set cloud to ${graphCloud}, or remove graph.`,
    );
  }
}

function scopesOf(
  found: readonly FoundValue[],
  cloud: Sourced<CloudName> | undefined,
  graph: { readonly origin: string; readonly row: Cloud | undefined },
  report: Report,
): readonly string[] {
  const own = `${(graph.row ?? clouds.global).graph}/.default`;
  const given = strongest(valuesOf(found, 'scope'));
  if (given === undefined || (cloud !== undefined && cloud.rank < given.rank)) return [own];
  const scopes = [given.value].flat().filter((scope) => typeof scope === 'string');
  const complain = (message: string): void =>
    report.mistake({
      path: 'scope',
      source: given.source,
      message,
      hint: `Write ${own}, or leave it out.`,
    });
  const [only] = scopes;
  if (scopes.length !== 1 || only === undefined) {
    complain('must be one scope: a token is for one resource');
  } else if (!only.endsWith('/.default')) {
    complain(
      'does not end with /.default; an application asks for all that was consented, or for nothing',
    );
  } else if (graph.row !== undefined && only !== own && only !== `${graphAppId}/.default`) {
    complain('is not for the Graph that is read');
  }
  return scopes;
}

/**
 * Puts tenant, cloud, authority, Graph root and scope together. A stronger source's `cloud` replaces the hosts
 * that weaker ones name; a custom host is taken as it is given, but never together with a cloud's tokens.
 */
export function resolvePlace(found: readonly FoundValue[], report: Report): Place | undefined {
  const authorities = authoritiesOf(found, report);
  const tenant = tenantOf(found, authorities, report);
  const named = cloudOf(found);
  const givenAuthority = strongest(authorities);
  const givenGraph = graphOf(found, named, report);

  const authority =
    named !== undefined && givenAuthority !== undefined && named.rank < givenAuthority.rank
      ? undefined
      : givenAuthority;
  const hostClouds = authority === undefined ? [] : cloudsByAuthorityHost(authority.value.host);
  // A host from a stronger source than the cloud speaks for itself.
  const cloud =
    named !== undefined &&
    authority !== undefined &&
    hostClouds.length > 0 &&
    authority.rank < named.rank
      ? undefined
      : named;
  const graph = givenGraph === 'unusable' ? undefined : givenGraph;
  checkPair(authority, graph, cloud, report);

  const graphCloud = graph === undefined ? undefined : cloudByGraphOrigin(graph.value.origin);
  const name =
    graphCloud ?? cloud?.value ?? hostClouds[0] ?? (graph === undefined ? 'global' : 'custom');
  const row: Cloud | undefined = name === 'custom' ? undefined : clouds[name];
  const root = graph?.value.root ?? new URL('/v1.0', (row ?? clouds.global).graph);
  const scopes = scopesOf(
    found,
    cloud,
    { origin: root.origin, row: graph !== undefined && graphCloud === undefined ? undefined : row },
    report,
  );
  if (tenant === undefined) return undefined;

  const protocol = strongest(valuesOf(found, 'protocol'));
  const isOidc =
    protocol?.value === 'oidc' && authority !== undefined && protocol.rank <= authority.rank;
  const origin = authority?.value.origin ?? `https://${(row ?? clouds.global).authorityHost}`;
  return {
    tenant,
    cloud: graph !== undefined && graphCloud === undefined ? 'custom' : name,
    authority: new URL(`/${tenant}${isOidc ? authority.value.version : ''}`, origin),
    protocol: isOidc ? 'oidc' : 'entra',
    graph: root,
    query: graph?.value.query,
    scopes,
  };
}
