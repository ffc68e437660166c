import { adminConsentUrl } from './credential/admin-consent-url.ts';
import { completed, type ExternalSettings, isExternal } from './credential/external-settings.ts';
import type { Directory } from './open-directory.ts';
import type { Ports } from './ports.ts';
import type { Settings } from './settings/settings.ts';
import { directoryCredential } from './token/directory-credential.ts';
import { createTokenSource, type TokenProvider } from './token/token-source.ts';
import { createDeadline } from './retry/deadline.ts';
import type { RetryPolicy } from './retry/retry-decision.ts';
import { createPipeline } from './graph/pipeline.ts';
import { createUsers } from './users/create-users.ts';

export interface Wiring {
  readonly settings: Settings | ExternalSettings;
  readonly ports: Ports;
  /** Where tokens come from. */
  readonly provider: TokenProvider;
  /** The transport's own when absent. */
  readonly policy?: RetryPolicy | undefined;
}

/** Puts the parts of a directory together. Disposing of it ends what the parts do in the background. */
export function wireDirectory({ settings, ports, provider, policy }: Wiring): Directory {
  const foreign = isExternal(settings);
  const { tenant, cloud, scopes, graph, limits } = foreign ? completed(settings) : settings;
  const tokens = createTokenSource(provider, ports);
  // Nobody can consent by an address to an application that only the platform can name.
  const consentUrl =
    foreign || settings.clientId === '' ? undefined : adminConsentUrl(settings).href;
  const transport = createPipeline({
    ports,
    tokens,
    scopes,
    origin: graph.origin,
    limits: {
      ...limits,
      maxRetryAfter: Math.min(limits.maxRetryAfter, policy?.maxRetryAfter ?? Infinity),
    },
    policy,
    adminConsentUrl: consentUrl,
  });
  const startDeadline = () => createDeadline(ports.clock, limits.deadline);
  return {
    users: createUsers({
      transport,
      root: graph,
      listed: { tenant, cloud },
      ports,
      startDeadline,
      adminConsentUrl: consentUrl,
      defaults: foreign ? undefined : settings.query,
    }),
    credential: directoryCredential(tokens, startDeadline),
    [Symbol.asyncDispose]: () => tokens[Symbol.asyncDispose](),
  };
}
