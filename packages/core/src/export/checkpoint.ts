import { z } from 'zod';

import { ResumeError } from '../errors/resume-error.ts';
import type { Receipt } from '../listing/receipt.ts';

const count = z.int().min(0);

const schema = z.strictObject({
  version: z.literal(1),
  format: z.string(),
  /** What shapes the output beside the query: columns, width. */
  shape: z.string(),
  link: z.string().nullable(),
  sizes: z.strictObject({ output: count, ids: count }),
  sink: z.unknown(),
  receipt: z.looseObject({
    fingerprint: z.string(),
    users: count,
    pages: count,
    duplicates: count,
    requests: count,
    retries: count,
    throttledMs: z.number(),
    resourceUnits: z.number(),
    tokens: count,
    countAtStart: count.nullable(),
    startedAt: z.iso.datetime(),
    requestIds: z.array(z.string()),
  }),
});

/** Where a listing into a file stands after a page. */
export interface Checkpoint extends Omit<z.output<typeof schema>, 'receipt'> {
  readonly receipt: Receipt;
}

export function writeCheckpoint(checkpoint: Omit<Checkpoint, 'version'>): string {
  return JSON.stringify({ version: 1, ...checkpoint } satisfies Checkpoint);
}

/**
 * Reads a checkpoint back. Whether it fits the query, and its link the tenant, is judged where the listing goes on.
 * @throws {ResumeError} when it is damaged, or another format or shape was asked for
 */
export function readCheckpointText(
  text: string,
  asked: Pick<Checkpoint, 'format' | 'shape'>,
): Checkpoint {
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch (error) {
    throw new ResumeError('its checkpoint is damaged', error);
  }
  const parsed = schema.safeParse(plain);
  if (!parsed.success) throw new ResumeError('its checkpoint is damaged', parsed.error);
  if (parsed.data.format !== asked.format)
    throw new ResumeError(`it was written as ${parsed.data.format}`);
  if (parsed.data.shape !== asked.shape) throw new ResumeError('it had other columns');
  return parsed.data as unknown as Checkpoint;
}
