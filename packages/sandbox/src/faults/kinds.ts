import { bodyFaults } from './kinds/body-faults.ts';
import { codingFaults } from './kinds/coding-faults.ts';
import type { FaultKind, FaultParameters, When } from './fault.ts';
import { pageFaults } from './kinds/page-faults.ts';
import { pageTokenFaults } from './kinds/page-token-faults.ts';
import { statusFaults } from './kinds/status-faults.ts';
import { tokenFaults } from './kinds/token-faults.ts';
import { transportFaults } from './kinds/transport-faults.ts';

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
