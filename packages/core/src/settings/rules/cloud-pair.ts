import { type CloudName, cloudByGraphOrigin, cloudsByAuthorityHost } from '../../cloud.ts';
import type { SettingsIssue } from '../../errors/settings-error.ts';
import type { AuthorityParts } from './authority.ts';
import type { GraphRoot } from './graph-root.ts';
import type { Sourced } from './sourced.ts';

/** What names a cloud, each on its own. */
export interface CloudClaims {
  readonly cloud: Sourced<CloudName> | undefined;
  readonly authority: Sourced<AuthorityParts> | undefined;
  readonly graph: Sourced<GraphRoot> | undefined;
}

function clash(
  path: string,
  one: Sourced<unknown>,
  other: Sourced<unknown>,
  message: string,
  hint: string,
): SettingsIssue {
  return { path, source: `${one.source} and ${other.source}`, message, hint };
}

/**
 * Says when cloud, authority and Graph do not belong together: tokens of one cloud mean nothing to another, and
 * must not reach a host that is of none. An authority of nobody's may go with any Graph.
 */
export function cloudMismatch({ cloud, authority, graph }: CloudClaims): SettingsIssue | undefined {
  const hostClouds = authority === undefined ? [] : cloudsByAuthorityHost(authority.value.host);
  const graphCloud = graph === undefined ? undefined : cloudByGraphOrigin(graph.value.origin);
  const own = 'Remove one of the two; the cloud brings its own hosts.';
  const of = hostClouds.join(' and ');
  if (cloud !== undefined && authority !== undefined && hostClouds.length > 0) {
    const message = `the cloud is ${cloud.value}, the authority's host is of ${of}`;
    if (!hostClouds.includes(cloud.value)) return clash('cloud', cloud, authority, message, own);
  }
  if (cloud !== undefined && graph !== undefined && graphCloud !== undefined) {
    const message = `the cloud is ${cloud.value}, the Graph root is of ${graphCloud}`;
    if (graphCloud !== cloud.value) return clash('cloud', cloud, graph, message, own);
  }
  if (authority === undefined || graph === undefined || hostClouds.length === 0) return undefined;
  if (graphCloud === undefined) {
    const { host } = graph.value.root;
    const message = `${host} is no cloud's Graph, and would get tokens of ${of}`;
    const hint = `Remove graph, or give the authority that issues tokens for ${host}.`;
    return clash('graph', graph, authority, message, hint);
  }
  if (hostClouds.includes(graphCloud)) return undefined;
  const message = `the Graph root is of ${graphCloud}, the authority of ${of}`;
  return clash('graph', graph, authority, message, `Set cloud to ${graphCloud}, or remove graph.`);
}
