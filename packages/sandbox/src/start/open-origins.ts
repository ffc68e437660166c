import { setTimeout } from 'node:timers/promises';

import { startHostileOrigin, type HostileOrigin } from '../hostile/hostile-origin.ts';
import { createFaultLedger } from '../faults/fault-ledger.ts';
import { createFaultPlan } from '../faults/fault-plan.ts';
import { createFaults, type Faults } from '../faults/faults.ts';
import { readFault } from '../faults/read-fault.ts';
import { createBodyEncoder } from '../http/body-encoder.ts';
import { readConditions, type Conditions } from '../http/conditions.ts';
import { createJournal, type Journal } from '../journal/journal.ts';
import { createWaitLedger, type WaitLedger } from '../journal/wait-ledger.ts';
import { createBrokenOrigins } from '../origin/broken-origins.ts';
import { startOrigin, type Origin, type OriginParts } from '../origin/origin.ts';
import { requestClass } from '../origin/request-class.ts';
import type { SandboxOptions } from '../sandbox.ts';
import { withListenError } from '../start-error.ts';
import type { Certificates } from './create-certificates.ts';
import type { Listeners } from './listeners.ts';
import type { TenantContext } from './tenant-context.ts';

/** The HTTPS and HTTP origins of a sandbox, and what is recorded and set at them. */
export interface Origins {
  readonly origin: Origin;
  /** Of the endpoints of a machine's managed identity. */
  readonly platform: Origin;
  readonly hostile: HostileOrigin;
  readonly broken: ReturnType<typeof createBrokenOrigins>;
  /** Certificate of the authority, PEM. */
  readonly ca: string;
  readonly journal: Journal;
  readonly waits: WaitLedger;
  readonly faults: Faults;
  readonly conditions: () => Conditions;
  readonly setConditions: (given: unknown) => void;
}

type Handle = OriginParts['handle'];

/**
 * @param handle answers the requests to the tenant
 * @param handlePlatform answers the requests for managed identities
 * @throws {StartError} when a requested port cannot be opened; TypeError for invalid faults or conditions
 */
export async function openOrigins(
  options: SandboxOptions,
  { clock, seedNumber }: TenantContext,
  listeners: Listeners,
  certificates: Certificates,
  { handle, handlePlatform }: { readonly handle: Handle; readonly handlePlatform: Handle },
): Promise<Origins> {
  const plan = createFaultPlan(seedNumber, options.faults?.map(readFault));
  let conditions: Conditions = readConditions(options.conditions ?? {});
  const { hostNames, authority, certificate, makeAuthority } = certificates;
  const hostile = await listeners.open(startHostileOrigin(certificate));
  const ledger = createFaultLedger();
  const [journal, waits] = [createJournal(options.journalCapacity), createWaitLedger()];
  const served: Omit<OriginParts, 'port' | 'handle' | 'certificate'> = {
    journal,
    waits,
    clock,
    classify: requestClass,
    hostNames,
    plan,
    ledger,
    places: { hostile: hostile.https, hostileHttp: hostile.http },
    conditions: () => conditions,
    encodeBody: createBodyEncoder(),
    random: Math.random,
    sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal, ref: false }),
  };
  const broken = createBrokenOrigins({
    authority,
    makeAuthority,
    start: (flawed, maxVersion, requested) =>
      startOrigin({
        ...served,
        port: 0,
        certificate: flawed,
        maxVersion,
        handle: (call, describe) => {
          requested();
          return handle(call, describe);
        },
      }),
  });
  await listeners.open(broken);
  const { port = 0 } = options;
  const started = startOrigin({ ...served, port, certificate, handle });
  return {
    origin: await listeners.open(withListenError('--port', port, started)),
    platform: await listeners.open(startOrigin({ ...served, port: 0, handle: handlePlatform })),
    hostile,
    broken,
    ca: authority.certificate,
    journal,
    waits,
    faults: createFaults(plan, ledger),
    conditions: () => conditions,
    setConditions(given) {
      conditions = readConditions(given);
    },
  };
}
