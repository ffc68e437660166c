import { bodyFaults } from './body-faults.ts';
import { codingFaults } from './coding-faults.ts';
import type { FaultKind, FaultParameters, When } from './fault.ts';
import { pageFaults } from './page-faults.ts';
import { pageTokenFaults } from './page-token-faults.ts';
import { statusFaults } from './status-faults.ts';
import { tokenFaults } from './token-faults.ts';
import { transportFaults } from './transport-faults.ts';

/** Every way the sandbox can go wrong. The flags, the control port, its page and the ledger follow from this. */
export const faultKinds = {
  ...statusFaults,
  ...transportFaults,
  ...bodyFaults,
  ...codingFaults,
  ...pageFaults,
  ...pageTokenFaults,
  ...tokenFaults,
} as const satisfies Record<string, FaultKind>;

export type FaultKindName = keyof typeof faultKinds;

/** A fault to happen: what, when, and how. */
export interface Fault extends When, FaultParameters {
  readonly kind: FaultKindName;
}

export function isFaultKind(name: string): name is FaultKindName {
  return Object.hasOwn(faultKinds, name);
}
