import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { compare, type Comparison, type Pair } from './compare.ts';
import { measuredRun, type Program } from './measured-run.ts';
import { readIds } from './read-ids.ts';
import { startSandboxProcess, type SandboxProcess } from './sandbox-process.ts';

// Compares `rollcall users list -o ndjson` with the Graph SDK's PageIterator: both list the same tenant, alternately.
const sizes = (process.env['USERS'] ?? '20000,200000').split(',').map(Number);
const rounds = Number(process.env['ROUNDS'] ?? 5);

interface Programs {
  readonly ours: Program;
  readonly peer: Program;
}

function programs({ caFile, parameters }: SandboxProcess): Programs {
  const rollcall = join(import.meta.dirname, '../../packages/cli/dist/main.cjs');
  return {
    ours: {
      main: rollcall,
      args: ['users', 'list', '-o', 'ndjson', '--quiet', '--config', parameters, '--ca', caFile],
      env: {},
    },
    peer: {
      main: join(import.meta.dirname, 'graph-sdk-peer.ts'),
      args: [parameters],
      env: { NODE_EXTRA_CA_CERTS: caFile },
    },
  };
}

async function onePair(
  { ours, peer }: Programs,
  users: number,
  folder: string,
  oursFirst: boolean,
): Promise<Pair> {
  const [oursOut, peerOut] = [join(folder, 'ours.ndjson'), join(folder, 'peer.ndjson')];
  const early = oursFirst ? undefined : await measuredRun(peer, peerOut);
  const pair = {
    ours: await measuredRun(ours, oursOut),
    peer: early ?? (await measuredRun(peer, peerOut)),
  };
  if (!isDeepStrictEqual(await readIds(oursOut, users), await readIds(peerOut, users)))
    throw new Error('the two lists do not have the same users');
  return pair;
}

async function measure(users: number): Promise<Comparison> {
  await using sandbox = await startSandboxProcess(users);
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-lists-'));
  try {
    const both = programs(sandbox);
    // The first pair fills caches and lets the sandbox's code be compiled. It is not counted.
    await onePair(both, users, folder, true);
    const pairs: Pair[] = [];
    for (let round = 0; round < rounds; round += 1)
      pairs.push(await onePair(both, users, folder, round % 2 === 0));
    return compare(pairs);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const rows = { wallSeconds: 'wall s', cpuSeconds: 'CPU s', peakMegabytes: 'peak MB' } as const;

console.log(
  '| users | | rollcall | PageIterator | ratio (lowest–highest) |\n|---|---|---|---|---|',
);
for (const users of sizes)
  for (const [measured, { ours, peer, ratio, lowest, highest }] of Object.entries(
    await measure(users),
  )) {
    const cells = [
      users.toLocaleString('en'),
      rows[measured as keyof typeof rows],
      ours.toFixed(2),
      peer.toFixed(2),
      `**${ratio.toFixed(2)}** (${lowest.toFixed(2)}–${highest.toFixed(2)})`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
