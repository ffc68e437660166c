import { auto } from './strategies/auto.ts';
import { clientCertificate } from './strategies/client-certificate.ts';
import { clientSecret } from './strategies/client-secret.ts';
import { federated } from './strategies/federated.ts';
import { managedIdentity } from './strategies/managed-identity.ts';
import type { Strategy } from './strategy.ts';

/** Every way to prove the application that settings may name. */
export const strategies = {
  'client-secret': clientSecret,
  'client-certificate': clientCertificate,
  federated,
  'managed-identity': managedIdentity,
  auto,
} satisfies Record<string, Strategy>;

export type StrategyKind = keyof typeof strategies;
