import {
  clientId,
  createFakePlatform,
  tenant,
  type FakePlatform,
  type Reply,
} from '../../credential/testing/fake-platform.ts';
import { makeJwt } from '../../credential/testing/federated-jwt.ts';
import type { Handshake, HttpRequest, NetworkProbe } from '../../ports.ts';
import { Secret } from '../../secret.ts';
import type { Settings } from '../../settings/settings.ts';
import { diagnose } from '../../open-directory.ts';
import type { GivenSettings } from '../../settings/parse-settings.ts';
import type { DiagnoseOptions } from '../diagnose.ts';
import type { Verdict } from '../verdict.ts';

type Answer = Reply | Error;

/** What is unlike a set-up that works. */
export interface Ailment {
  readonly settings?: Partial<Settings>;
  /** In the place of settings altogether. */
  readonly given?: Settings | GivenSettings | (() => Settings | GivenSettings);
  readonly discovery?: Answer;
  readonly token?: Answer;
  readonly graph?: Answer;
  readonly addresses?: (host: string) => readonly string[] | Error;
  readonly handshake?: (url: URL, proxy: URL | undefined) => Partial<Handshake> | Error;
  readonly options?: Pick<DiagnoseOptions, 'query' | 'signal'>;
}

export const healthySettings: Settings = {
  tenant,
  cloud: 'global',
  authority: new URL(`https://login.microsoftonline.com/${tenant}`),
  protocol: 'entra',
  clientId,
  scopes: ['https://graph.microsoft.com/.default'],
  graph: new URL('https://graph.microsoft.com/v1.0'),
  credential: { kind: 'client-secret', secret: new Secret('canary-secret') },
  tokenCache: { kind: 'memory' },
  limits: { requestTimeout: 60_000, maxRetryAfter: 300_000 },
  allowWeakPermissions: false,
  warnings: [],
  ignored: [],
  sources: new Map([['authority', 'parameters.json:2:16']]),
};

const discovery: Reply = {
  body: {
    issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
    token_endpoint: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
    msgraph_host: 'graph.microsoft.com',
  },
  headers: { date: 'Sun, 22 Nov 2026 12:00:00 GMT' },
};

const shown: Handshake = {
  protocol: 'TLSv1.3',
  issuer: 'Some Authority',
  names: 'DNS:*.microsoft.com',
  validFrom: Date.UTC(2026, 0, 1),
  validTo: Date.UTC(2027, 0, 1),
  distrust: undefined,
  connect: 11,
  tls: 22,
};

/** A token with these application roles, or, as `scp`, with what a user granted. */
export function tokenWith(claims: Readonly<Record<string, unknown>>, lifetime = 3599): Reply {
  const jwt = makeJwt({ aud: 'https://graph.microsoft.com', app_displayname: 'Daemon', ...claims });
  return { body: { token_type: 'Bearer', expires_in: lifetime, access_token: jwt } };
}

function orThrow<Value>(value: Value | Error): Value {
  if (value instanceof Error) throw value;
  return value;
}

export interface Examination {
  readonly verdicts: readonly Verdict[];
  readonly platform: FakePlatform;
  /** Hosts and proxies that were shaken hands with. */
  readonly shaken: readonly (readonly [host: string, proxy: string | undefined])[];
}

/** Examines a set-up that works but for the ailment, over ports in memory. */
export async function examine(ailment: Ailment = {}): Promise<Examination> {
  const platform = createFakePlatform();
  platform.answerAlways(({ url, method }: HttpRequest) => {
    if (method === 'POST') return orThrow(ailment.token ?? tokenWith({ roles: ['User.Read.All'] }));
    if (url.host !== 'graph.microsoft.com') return orThrow(ailment.discovery ?? discovery);
    const user = { id: 'u1', displayName: 'Ada' };
    const users = { body: { value: [user] }, headers: discovery.headers ?? {} };
    return orThrow(ailment.graph ?? users);
  });
  const shaken: (readonly [string, string | undefined])[] = [];
  const probe: NetworkProbe = {
    addresses: async (host) => orThrow(ailment.addresses?.(host) ?? ['192.0.2.1']),
    handshake: async (url, { proxy }) => {
      shaken.push([url.host, proxy?.host]);
      return { ...shown, ...orThrow(ailment.handshake?.(url, proxy) ?? {}) };
    },
  };
  const given = ailment.given ?? { ...healthySettings, ...ailment.settings };
  const { ports } = platform;
  const verdicts = await Array.fromAsync(diagnose(given, { ...ailment.options, ports, probe }));
  return { verdicts, platform, shaken };
}
