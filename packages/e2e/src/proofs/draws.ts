import { createHash } from 'node:crypto';

/** Chance that can be had again. */
export interface Draws {
  readonly seed: string;
  /** In [0, 1). */
  next(): number;
  /** A whole number from 0 to `below` - 1. */
  under(below: number): number;
  /** In an order of its own. */
  shuffled<Item>(items: readonly Item[]): Item[];
}

/**
 * Whether the long proofs run. They take minutes, so that they run only if `ROLLCALL_LONG` is 1; a short form of each
 * always runs.
 */
export const isLong = process.env['ROLLCALL_LONG'] === '1';

/** A whole number above 0 from the environment. */
export function sizeFrom(name: string, otherwise: number): number {
  const size = Number(process.env[name] ?? otherwise);
  if (!Number.isInteger(size) || size < 1) throw new TypeError(`${name} is a whole number above 0`);
  return size;
}

export function tell(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The seed is `ROLLCALL_SEED`'s, or a new one; it is printed, so that a run that failed can be had again. */
export function createDraws(proof: string): Draws {
  const seed = process.env['ROLLCALL_SEED'] ?? String(Math.trunc(Math.random() * 2 ** 31));
  tell(`${proof}: ROLLCALL_SEED=${seed}`);
  let drawn = 0;
  const next = (): number => {
    drawn += 1;
    return (
      createHash('sha256').update(`${proof} ${seed} ${drawn}`).digest().readUInt32BE() / 2 ** 32
    );
  };
  const under = (below: number): number => Math.floor(next() * below);
  return {
    seed,
    next,
    under,
    shuffled(items) {
      const order = [...items];
      for (let left = order.length - 1; left > 0; left -= 1) {
        const other = under(left + 1);
        [order[left], order[other]] = [order[other] as never, order[left] as never];
      }
      return order;
    },
  };
}
