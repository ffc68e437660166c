import { clientCertificate } from './client-certificate.ts';
import { clientSecret } from './client-secret.ts';
import type { Strategy } from './strategy.ts';

/** Every way to prove the application that settings may name. */
export const strategies = {
  'client-secret': clientSecret,
  'client-certificate': clientCertificate,
} satisfies Record<string, Strategy>;

export type StrategyKind = keyof typeof strategies;
