import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Stage } from '../stage.ts';
import type { Tenant } from '../tenant.ts';
import type { Draws } from './draws.ts';
import { type Format, type Kill, type Listed, listWithKills, type Moment } from './kill-listing.ts';

export interface KillProofParts {
  readonly stage: Stage;
  readonly tenant: Tenant;
  readonly pageSize: number;
  readonly pages: number;
  readonly kills: number;
  /** The formats of the listings, alternately. */
  readonly formats: readonly Format[];
  readonly draws: Draws;
  /** The listing to compare with: one that was not interrupted. */
  readonly unbroken: (format: Format) => Promise<Listed>;
  /** Of the runs that are killed. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface KillProof {
  readonly kills: readonly Kill[];
  readonly listings: number;
  /** One line for each listing that is not that of an unbroken run. */
  readonly diverged: readonly string[];
}

/** Longer than a process takes to start and to read its first pages. */
const anyTime = 1_500;

/** A little longer than a page takes, so that a kill may hit between any two system calls. */
const withinPages = 16;

/** One in ten is killed at any time at all: while it starts, while it goes on, while it ends. */
function momentOf({ draws, pages }: KillProofParts, nth: number): Moment {
  return nth % 10 === 9
    ? { pages: 0, later: draws.under(anyTime) }
    : { pages: 1 + draws.under(Math.ceil(pages / 2)), later: draws.under(withinPages) };
}

/** A killed run repeats the requests for the page that it was writing, receiving, and requesting ahead. */
const repeatedRequests = 3;

function differences(listed: Listed, unbroken: Listed): string[] {
  const { bytes, people, requests, faults, kills } = listed;
  const allowed = unbroken.requests + repeatedRequests * kills.length;
  return [
    ...faults,
    ...(bytes === unbroken.bytes ? [] : ['the file has other bytes']),
    // Who is killed after the file has its name has not written the receipt yet.
    ...(people === unbroken.people || kills.at(-1)?.named === true
      ? []
      : ['the receipt has other people']),
    ...(requests <= allowed ? [] : [`${requests} pages were asked for, not ${allowed} at most`]),
  ];
}

/** Kills listings until there are `kills`, and compares each with one that was not interrupted. */
export async function proveKills(parts: KillProofParts): Promise<KillProof> {
  const { stage, tenant, pageSize, env } = parts;
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-kills-'));
  try {
    const kills: Kill[] = [];
    const diverged: string[] = [];
    let planned = 0;
    let listings = 0;
    while (planned < parts.kills || listings < parts.formats.length) {
      const format = parts.formats[listings % parts.formats.length] ?? 'ndjson';
      const at = join(folder, `${listings}`);
      const whole = await parts.unbroken(format);
      const listed = await listWithKills({
        stage,
        tenant,
        pageSize,
        format,
        env,
        folder: at,
        nextKill() {
          if (planned >= parts.kills) return undefined;
          planned += 1;
          return momentOf(parts, planned - 1);
        },
      });
      kills.push(...listed.kills);
      // A run that ended before its kill was due was not killed: that one is still to come.
      planned = kills.length;
      listings += 1;
      diverged.push(...differences(listed, whole).map((what) => `${format} ${listings}: ${what}`));
      await rm(at, { recursive: true });
    }
    return { kills, listings, diverged };
  } finally {
    await rm(folder, { recursive: true });
  }
}
