import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { Running } from '../processes.ts';
import type { Stage } from '../stage.ts';
import type { Tenant } from '../tenant.ts';

export const formats = ['ndjson', 'csv', 'json'] as const;
export type Format = (typeof formats)[number];

/** When to kill. */
export interface Moment {
  /** After the checkpoint was renewed so often by this very run; 0: counted from the start of the process. */
  readonly pages: number;
  /** And so much later, in milliseconds. */
  readonly later: number;
}

/** One SIGKILL, and what it left. */
export interface Kill {
  /** The checkpoint is there and holds a page of the very run that was killed; nothing has the final name. */
  readonly midListing: boolean;
  /** It hit after the file, whole, had been given its name. */
  readonly named: boolean;
}

/** A listing into a file, from its first run to the one that ends it. */
export interface Listed {
  readonly kills: readonly Kill[];
  /** SHA-256 of the file in hex; undefined when there is none. */
  readonly bytes: string | undefined;
  /** Of the receipt; undefined when no run came to its end. */
  readonly people: string | undefined;
  /** Requests for pages, of all runs. */
  readonly requests: number;
  /** What went wrong on the way: a run that failed, a file that is there and should not be. */
  readonly faults: readonly string[];
}

export interface ListingParts {
  readonly stage: Stage;
  readonly tenant: Tenant;
  /** Is made; must not be there. */
  readonly folder: string;
  readonly format: Format;
  readonly pageSize: number;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** When the next run is killed; undefined: not at all. */
  nextKill(): Moment | undefined;
}

const checkpoint = '.users.out.rollcall-checkpoint';

/** @returns whether it was killed before it ended by itself, and how often it had renewed the checkpoint by then */
async function killAt(running: Running, folder: string, { pages, later }: Moment) {
  let renewed = 0;
  const due = new EventEmitter();
  const reached = once(due, 'reached');
  // Renaming is how the checkpoint is renewed: an event each time. So is removing it, in the end.
  const watcher = watch(folder, (_event, name) => {
    if (name !== checkpoint || !existsSync(join(folder, checkpoint))) return;
    renewed += 1;
    if (renewed === pages) due.emit('reached');
  });
  try {
    if (pages > 0) await Promise.race([reached, running.finished]);
    await Promise.race([pause(later), running.finished]);
    running.signal('SIGKILL');
    const { signal } = await running.finished;
    return { killed: signal === 'SIGKILL', renewed };
  } finally {
    watcher.close();
  }
}

async function digest(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

/** Lists with `--resume` until a run comes to its end, or fails. */
export async function listWithKills(parts: ListingParts): Promise<Listed> {
  const { stage, tenant, folder, format, pageSize, env } = parts;
  await mkdir(folder);
  const out = join(folder, 'users.out');
  const receipt = `${folder}.receipt.json`;
  const args = [
    // Only a sequential listing has the same bytes in every run.
    ...'users list --parallel off --resume --no-progress -o'.split(' '),
    format,
    '--page-size',
    String(pageSize),
    '--out',
    out,
    '--receipt',
    receipt,
    ...tenant.flags,
  ];
  await tenant.forget();
  const kills: Kill[] = [];
  const faults: string[] = [];
  let ended = false;
  while (!ended) {
    await using running = stage.start('rollcall', args, { env });
    const moment = parts.nextKill();
    const { killed, renewed } =
      moment === undefined ? { killed: false, renewed: 0 } : await killAt(running, folder, moment);
    const { code, signal, stderr } = await running.finished;
    const named = existsSync(out);
    ended = !killed || named;
    if (killed) {
      kills.push({
        midListing: renewed > 0 && !named && existsSync(join(folder, checkpoint)),
        named,
      });
    } else if (code !== 0) {
      faults.push(`a run ended with ${signal ?? String(code)}: ${stderr}`);
    }
  }
  const left = (await readdir(folder)).filter((name) => name !== 'users.out');
  if (left.length > 0 && kills.at(-1)?.named !== true)
    faults.push(`left behind: ${left.join(', ')}`);
  const journal = await tenant.journal();
  const proof = await readFile(receipt, 'utf8').catch(() => '{}');
  return {
    kills,
    bytes: existsSync(out) ? await digest(out) : undefined,
    people: (JSON.parse(proof) as { sha256?: string }).sha256,
    requests: journal.filter(({ path }) => path.startsWith('/v1.0/users?')).length,
    faults,
  };
}
