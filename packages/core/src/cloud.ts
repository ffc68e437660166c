/** A national cloud: its login host, its Graph host and its portal. */
export interface Cloud {
  readonly describe: string;
  /** The login host of new authorities. */
  readonly authorityHost: string;
  /** Other names of the same host, which are accepted as well. */
  readonly aliases: readonly string[];
  /** The origin of Microsoft Graph; the scope of its tokens is `/.default` of this origin. */
  readonly graph: string;
  /** The origin of the portal where applications are registered. */
  readonly portal: string;
}

/**
 * Every national cloud. GCC High and DoD have the same login host and differ in the Graph origin. Sources:
 * https://learn.microsoft.com/graph/deployments and
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud.
 */
export const clouds = {
  global: {
    describe: 'Microsoft 365 worldwide, and GCC',
    authorityHost: 'login.microsoftonline.com',
    aliases: ['login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    graph: 'https://graph.microsoft.com',
    portal: 'https://entra.microsoft.com',
  },
  usgov: {
    describe: 'US Government L4 (GCC High)',
    authorityHost: 'login.microsoftonline.us',
    aliases: ['login.usgovcloudapi.net'],
    graph: 'https://graph.microsoft.us',
    portal: 'https://portal.azure.us',
  },
  dod: {
    describe: 'US Government L5 (DoD)',
    authorityHost: 'login.microsoftonline.us',
    aliases: ['login.usgovcloudapi.net'],
    graph: 'https://dod-graph.microsoft.us',
    portal: 'https://portal.azure.us',
  },
  china: {
    describe: 'China, operated by 21Vianet',
    authorityHost: 'login.partner.microsoftonline.cn',
    aliases: ['login.chinacloudapi.cn'],
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    portal: 'https://portal.azure.cn',
  },
} satisfies Record<string, Cloud>;

/** A host that always exists: when its lookup fails as well, DNS or the network has an outage. */
export const wellKnownHost = clouds.global.authorityHost;

export type CloudName = keyof typeof clouds;

const rows = Object.entries(clouds) as readonly (readonly [CloudName, Cloud])[];

/**
 * Returns the clouds with the login host `host`; none for a custom host.
 * @param host with its port, in the form of `URL.host`
 */
export function cloudsByAuthorityHost(host: string): readonly CloudName[] {
  return rows
    .filter(([, cloud]) => cloud.authorityHost === host || cloud.aliases.includes(host))
    .map(([name]) => name);
}

/** Returns the cloud whose Microsoft Graph has this origin. */
export function cloudByGraphOrigin(origin: string): CloudName | undefined {
  return rows.find(([, cloud]) => cloud.graph === origin)?.[0];
}
