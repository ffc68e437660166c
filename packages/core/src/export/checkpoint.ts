import { z } from 'zod';

import { ResumeError } from '../errors/resume-error.ts';
import type { Receipt } from '../listing/receipt.ts';
import { strategies } from '../listing/shards/shard-plan.ts';
import { shardOrders, shardProperties } from '../listing/shards/shard.ts';

const count = z.int().min(0);

/** Version 1 had the link of a single chain. */
const version = 2;

/** The range of users of a chain of a parallel listing. */
const shard = z
  .union([
    z.strictObject({
      property: z.enum(shardProperties),
      from: z.string().optional(),
      to: z.string().optional(),
    }),
    z.strictObject({ property: z.enum(shardProperties), isNull: z.literal(true) }),
    z.strictObject({ property: z.literal('userPrincipalName'), order: z.enum(shardOrders) }),
  ])
  .optional();

const chain = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('not-started'), shard }),
  z.strictObject({ state: z.literal('open'), link: z.string(), shard }),
  z.strictObject({ state: z.literal('finished'), shard }),
]);

const schema = z.strictObject({
  version: z.literal(version),
  format: z.string(),
  /** The options of the output that are not in the query: columns, width. */
  shape: z.string(),
  chains: z.array(chain).readonly(),
  sizes: z.strictObject({ output: count, ids: count }),
  sink: z.unknown(),
  receipt: z.looseObject({
    fingerprint: z.string(),
    users: count,
    pages: count,
    chains: count,
    strategy: z.enum(strategies),
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

/** The state of a listing to a file after a page. */
export interface Checkpoint extends Omit<z.output<typeof schema>, 'receipt'> {
  readonly receipt: Receipt;
}

function isOlder(plain: unknown): boolean {
  return (
    typeof plain === 'object' &&
    plain !== null &&
    'version' in plain &&
    typeof plain.version === 'number' &&
    plain.version < version
  );
}

export function writeCheckpoint(checkpoint: Omit<Checkpoint, 'version'>): string {
  return JSON.stringify({ version, ...checkpoint } satisfies Checkpoint);
}

/**
 * Reads a checkpoint. Whether it belongs to the query, and its links to the tenant, is checked when the listing is
 * resumed.
 * @throws {ResumeError} when it is damaged, was written by another version, or with another format or shape
 */
export function readCheckpointText(
  text: string,
  expected: Pick<Checkpoint, 'format' | 'shape'>,
): Checkpoint {
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch (error) {
    throw new ResumeError('its checkpoint is damaged', error);
  }
  if (isOlder(plain))
    throw new ResumeError('its checkpoint was written by an older version', undefined, {
      code: 'resume-older-version',
    });
  const parsed = schema.safeParse(plain);
  if (!parsed.success) throw new ResumeError('its checkpoint is damaged', parsed.error);
  if (parsed.data.format !== expected.format)
    throw new ResumeError(`it was written in the format ${parsed.data.format}`);
  if (parsed.data.shape !== expected.shape) throw new ResumeError('it had other columns');
  return parsed.data as unknown as Checkpoint;
}
