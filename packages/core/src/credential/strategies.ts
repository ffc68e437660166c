import { createAutoStrategy } from './strategies/auto.ts';
import { clientCertificate } from './strategies/client-certificate.ts';
import { clientSecret } from './strategies/client-secret.ts';
import { federated } from './strategies/federated.ts';
import { managedIdentity } from './strategies/managed-identity.ts';
import type { StrategyRegistry } from './strategy.ts';

/** In the order in which `auto` looks for them in the environment. */
const builtIn = {
  'client-secret': clientSecret,
  'client-certificate': clientCertificate,
  federated,
  'managed-identity': managedIdentity,
} satisfies StrategyRegistry;

/** Every kind of credential that settings can name. */
export const strategies = {
  ...builtIn,
  auto: createAutoStrategy(builtIn),
} satisfies StrategyRegistry;

export type StrategyKind = keyof typeof strategies;
