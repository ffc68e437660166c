/**
 * Scrambles 32 bits. A bijection (lowbias32 by C. Wellons, public domain), so that distinct inputs stay distinct:
 * object ids rest on that.
 */
export function scramble(value: number): number {
  let x = value;
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  x ^= x >>> 16;
  return x >>> 0;
}

/** The inverse of `scramble`. */
export function unscramble(value: number): number {
  let x = value;
  x ^= x >>> 16;
  x = Math.imul(x, 0x43021123);
  x ^= (x >>> 15) ^ (x >>> 30);
  x = Math.imul(x, 0x1d69e2a5);
  x ^= x >>> 16;
  return x >>> 0;
}

/** 32 bits that depend on every bit of both numbers: the n-th draw of a word. */
export function draw(word: number, nth: number): number {
  return scramble(word ^ Math.imul(nth + 1, 0x9e3779b9));
}

/**
 * Draws in a row from a seed, for scripts of changes: each call gives an integer from 0 up to, not including, `bound`.
 */
export function createDice(seed: number): (bound: number) => number {
  let nth = 0;
  return (bound) => {
    nth += 1;
    return Math.floor((draw(scramble(seed), nth) / 2 ** 32) * bound);
  };
}
