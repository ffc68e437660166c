import { type CloudName, cloudByGraphOrigin, cloudsByAuthorityHost } from '../../../cloud.ts';
import type { SettingsIssue } from '../../../errors/settings-error.ts';
import type { AuthorityParts } from './check-authority.ts';
import type { GraphRoot } from './check-graph-root.ts';
import type { SourcedValue } from './sourced-value.ts';

/** The settings that determine the cloud. */
export interface CloudSettings {
  readonly cloud: SourcedValue<CloudName> | undefined;
  readonly authority: SourcedValue<AuthorityParts> | undefined;
  readonly graph: SourcedValue<GraphRoot> | undefined;
}

function mismatch(
  path: string,
  one: SourcedValue<unknown>,
  other: SourcedValue<unknown>,
  message: string,
  hint: string,
): SettingsIssue {
  return { path, source: `${one.source} and ${other.source}`, message, hint };
}

/** @param names the clouds of the authority's host; empty when it belongs to none */
function customGraphIssue(
  graph: SourcedValue<GraphRoot>,
  authority: SourcedValue<AuthorityParts> | undefined,
  names: string,
): SettingsIssue | undefined {
  const { host } = graph.value.root;
  const hasAuthority = authority !== undefined && authority.precedence === graph.precedence;
  if (hasAuthority && names === '') return undefined;
  const message =
    names === '' && authority !== undefined
      ? `${host} is not a Microsoft Graph host, and the authority comes from another source`
      : `${host} is not a Microsoft Graph host and would receive tokens of ${names === '' ? 'global' : names}`;
  const hint = `Remove graph, or set authority in the same source to the one that issues tokens for ${host}.`;
  return authority === undefined
    ? { path: 'graph', source: graph.source, message, hint }
    : mismatch('graph', graph, authority, message, hint);
}

/**
 * Returns the issue when cloud, authority and Graph root belong to different clouds: Graph of one cloud rejects
 * tokens of another, and tokens of a cloud must not be sent to a host outside it. A custom authority can be used with
 * the Graph root of a cloud; another root needs a custom authority from the same source, so that one value alone cannot
 * send a token to another host.
 */
export function cloudMismatch({
  cloud,
  authority,
  graph,
}: CloudSettings): SettingsIssue | undefined {
  const hostClouds = authority === undefined ? [] : cloudsByAuthorityHost(authority.value.host);
  const graphCloud = graph === undefined ? undefined : cloudByGraphOrigin(graph.value.origin);
  const removeOne = 'Remove one of the two: cloud determines the login host and the Graph root.';
  const names = hostClouds.join(' and ');
  if (cloud !== undefined && authority !== undefined && hostClouds.length > 0) {
    const message = `cloud is ${cloud.value}, but the authority belongs to ${names}`;
    if (!hostClouds.includes(cloud.value))
      return mismatch('cloud', cloud, authority, message, removeOne);
  }
  if (cloud !== undefined && graph !== undefined && graphCloud !== undefined) {
    const message = `cloud is ${cloud.value}, but the Graph root belongs to ${graphCloud}`;
    if (graphCloud !== cloud.value) return mismatch('cloud', cloud, graph, message, removeOne);
  }
  if (graph === undefined) return undefined;
  if (graphCloud === undefined) return customGraphIssue(graph, authority, names);
  if (authority === undefined || hostClouds.length === 0) return undefined;
  if (hostClouds.includes(graphCloud)) return undefined;
  const message = `the Graph root belongs to ${graphCloud}, but the authority to ${names}`;
  const hint = `Set cloud to ${graphCloud}, or remove graph.`;
  return mismatch('graph', graph, authority, message, hint);
}
