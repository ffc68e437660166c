import type { Resource } from './resource.ts';

/** A national cloud as its hosts. Tokens of one are worthless in another. */
export interface Cloud {
  readonly loginHosts: readonly string[];
  readonly graphHosts: readonly string[];
  readonly instanceName: string;
  /** Of `iss` in version 1 tokens. */
  readonly tokenIssuer: string;
}

export const graphAppId = '00000003-0000-0000-c000-000000000000';

export const clouds = {
  global: {
    loginHosts: [
      'login.microsoftonline.com',
      'login.windows.net',
      'login.microsoft.com',
      'sts.windows.net',
    ],
    graphHosts: ['graph.microsoft.com'],
    instanceName: 'microsoftonline.com',
    tokenIssuer: 'https://sts.windows.net',
  },
  usGov: {
    loginHosts: ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
    graphHosts: ['graph.microsoft.us', 'dod-graph.microsoft.us'],
    instanceName: 'microsoftonline.us',
    tokenIssuer: 'https://sts.windows.net',
  },
  china: {
    loginHosts: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    graphHosts: ['microsoftgraph.chinacloudapi.cn'],
    instanceName: 'partner.microsoftonline.cn',
    tokenIssuer: 'https://sts.chinacloudapi.cn',
  },
} as const satisfies Record<string, Cloud>;

const every: readonly Cloud[] = Object.values(clouds);

/** Every host name by which a client may call the sandbox, if it resolves them to loopback. */
export const cloudHosts: readonly string[] = every.flatMap((cloud) => [
  ...cloud.loginHosts,
  ...cloud.graphHosts,
]);

/** The cloud of a login or Graph host; undefined for loopback and custom domains, which can belong to any. */
export function cloudOf(hostname: string): Cloud | undefined {
  return every.find(
    (cloud) => cloud.loginHosts.includes(hostname) || cloud.graphHosts.includes(hostname),
  );
}

/** Graph of each cloud; its own id names the one of the cloud that is asked, global on loopback. */
export const graphResources: readonly Resource[] = every.flatMap((cloud, index) =>
  cloud.graphHosts.map((host, order) => ({
    identifiers: [`https://${host}`, ...(index === 0 && order === 0 ? [graphAppId] : [])],
    audience: `https://${host}`,
    tokenVersion: 1 as const,
    isGraph: true,
  })),
);

/**
 * The resources that can be requested at `url`. At an origin that belongs to no cloud, such as loopback, that origin
 * also names Graph: Microsoft's Node sample requests the scope `GRAPH_ENDPOINT/.default`, with and without a slash at
 * the end.
 */
export function resourcesAt(url: URL, resources: readonly Resource[]): readonly Resource[] {
  const within = resources.filter((resource) => isWithin(resource, url.hostname));
  if (cloudOf(url.hostname) !== undefined) return within;
  const graph = within.find(({ isGraph }) => isGraph === true);
  if (graph === undefined) return within;
  const own = { ...graph, identifiers: [url.origin, `${url.origin}/`] };
  return [...within, own];
}

/** Whether a resource can be asked for at `hostname`: another cloud's Graph cannot. */
function isWithin(resource: Resource, hostname: string): boolean {
  const cloud = cloudOf(hostname);
  if (cloud === undefined || resource.isGraph !== true) return true;
  return cloud.graphHosts.includes(new URL(resource.audience).hostname);
}
