/** A national cloud: where its tokens come from, where its Graph is, and where its people administer it. */
export interface Cloud {
  readonly describe: string;
  /** The host that new authorities are built on. */
  readonly authorityHost: string;
  /** Older names of the same host: accepted, and as good. */
  readonly aliases: readonly string[];
  /** Origin of Microsoft Graph; the scope of its tokens is this origin's `/.default`. */
  readonly graph: string;
  /** Origin of the portal where the application is registered. */
  readonly portal: string;
}

/**
 * Every national cloud. GCC High and DoD share an authority host: only the Graph origin tells them apart.
 * From Microsoft's "National cloud deployments" pages for Graph and for the identity platform.
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

export type CloudName = keyof typeof clouds;

const rows = Object.entries(clouds) as readonly (readonly [CloudName, Cloud])[];

/** The clouds whose tokens come from `host` (host and port, as `URL.host` says it): none for a host of nobody's. */
export function cloudsByAuthorityHost(host: string): readonly CloudName[] {
  return rows
    .filter(([, cloud]) => cloud.authorityHost === host || cloud.aliases.includes(host))
    .map(([name]) => name);
}

/** The cloud whose Graph has exactly this origin. */
export function cloudByGraphOrigin(origin: string): CloudName | undefined {
  return rows.find(([, cloud]) => cloud.graph === origin)?.[0];
}
