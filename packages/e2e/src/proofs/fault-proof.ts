import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { Stage } from '../stage.ts';
import type { Tenant } from '../tenant.ts';
import type { Draws } from './draws.ts';
import { type Fault, planFaults } from './fault-plan.ts';
import { witnessOf } from './witness.ts';

export interface FaultProofParts {
  readonly stage: Stage;
  readonly tenant: Tenant;
  readonly users: number;
  readonly pageSize: number;
  readonly kinds: readonly Fault[];
  readonly draws: Draws;
  /** The value of `--parallel`; off when absent, so that the number of requests is known. */
  readonly parallel?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface FaultProof {
  readonly code: number | null;
  readonly stderr: string;
  readonly receipt: Readonly<Record<string, unknown>>;
  /** Users of the sandbox that are not in the file. */
  readonly lost: number;
  /** Lines with a user that an earlier line has, or that the sandbox does not know. */
  readonly tooMany: number;
  /** By kind, from the sandbox's ledger. */
  readonly happened: Readonly<Record<string, number>>;
  /** From the sandbox's ledger of `Retry-After`. */
  readonly waits: { readonly asked: number; readonly early: number };
  readonly seconds: number;
}

/**
 * Lists all users to a file while 5 % of the requests fail, and compares the file with the sandbox's own list of users.
 */
export async function proveFaults(parts: FaultProofParts): Promise<FaultProof> {
  const { stage, tenant, users, pageSize, kinds, draws, parallel = 'off', env } = parts;
  const { look, order } = witnessOf(tenant);
  const happened = async () =>
    (await look<{ happened: Record<string, number> }>('/faults')).happened;
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-faults-'));
  try {
    const [out, receipt] = [join(folder, 'users.ndjson'), join(folder, 'receipt.json')];
    const before = await happened();
    await order('/waits/clear');
    await order('/faults', planFaults(Math.ceil(users / pageSize), kinds, draws));
    const began = performance.now();
    const { code, stderr } = await stage.run(
      'rollcall',
      [
        ...'users list --no-progress -o ndjson --parallel'.split(' '),
        parallel,
        '--page-size',
        String(pageSize),
        '--out',
        out,
        '--receipt',
        receipt,
        ...tenant.flags,
      ],
      { env },
    );
    const seconds = (performance.now() - began) / 1_000;
    await order('/faults/clear');
    const missing = new Set((await look<{ ids: string[] }>('/truth')).ids);
    let tooMany = 0;
    for await (const line of createInterface({ input: createReadStream(out) })) {
      if (!missing.delete((JSON.parse(line) as { id: string }).id)) tooMany += 1;
    }
    const after = await happened();
    return {
      code,
      stderr,
      receipt: JSON.parse(await readFile(receipt, 'utf8')) as Record<string, unknown>,
      lost: missing.size,
      tooMany,
      happened: Object.fromEntries(
        kinds.map(({ kind }) => [kind, (after[kind] ?? 0) - (before[kind] ?? 0)]),
      ),
      waits: await look('/waits'),
      seconds,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
