/**
 * Pieces of bytes by number, kept one after the other in large blocks: a buffer for each of a million users would take
 * more memory than its content. What was kept in succession can be copied at once.
 */
export interface PieceStore {
  has(number: number): boolean;
  /** Keeps a copy. Returns false, and keeps nothing, when the piece does not fit. */
  keep(number: number, piece: Uint8Array): boolean;
  forget(number: number): void;
  /**
   * Passes the pieces of these numbers, in order, to `copy`; pieces that are neighbours in a block as one. Ends before
   * the first number that has no piece.
   * @returns how many numbers were copied
   */
  copyFrom(
    numbers: readonly number[],
    from: number,
    copy: (block: Buffer, start: number, end: number) => void,
  ): number;
  /** Bytes of memory that the blocks take. */
  readonly size: number;
  /** Bytes of the blocks whose pieces were forgotten. */
  readonly wasted: number;
  clear(): void;
}

export interface PieceStoreOptions {
  /** Whether another block of so many bytes may be allocated. */
  readonly mayGrow: (bytes: number) => boolean;
  /** Bytes of a block: no piece is larger. */
  readonly blockSize?: number;
}

const longestPiece = 65_535;

export function createPieceStore(options: PieceStoreOptions): PieceStore {
  const { mayGrow, blockSize = 2 ** 20 } = options;
  let blocks: Buffer[] = [];
  let used = blockSize;
  let wasted = 0;
  // Position of the first byte, counted over all blocks from 1; 0 for numbers without a piece.
  let starts = new Uint32Array(0);
  let lengths = new Uint16Array(0);

  function makeRoom(number: number): void {
    if (number < starts.length) return;
    const size = Math.max(1024, number + 1, starts.length * 2);
    const [moreStarts, moreLengths] = [new Uint32Array(size), new Uint16Array(size)];
    moreStarts.set(starts);
    moreLengths.set(lengths);
    [starts, lengths] = [moreStarts, moreLengths];
  }

  return {
    has: (number) => (starts[number] ?? 0) !== 0,
    keep(number, piece) {
      if (piece.length > Math.min(longestPiece, blockSize)) return false;
      if (used + piece.length > blockSize) {
        if (!mayGrow(blockSize)) return false;
        blocks.push(Buffer.allocUnsafeSlow(blockSize));
        used = 0;
      }
      makeRoom(number);
      const index = blocks.length - 1;
      blocks[index]!.set(piece, used);
      starts[number] = index * blockSize + used + 1;
      lengths[number] = piece.length;
      used += piece.length;
      return true;
    },
    forget(number) {
      if ((starts[number] ?? 0) === 0) return;
      wasted += lengths[number]!;
      starts[number] = 0;
    },
    copyFrom(numbers, from, copy) {
      let at = from;
      while (at < numbers.length) {
        const first = (starts[numbers[at]!] ?? 0) - 1;
        if (first < 0) break;
        const block = Math.floor(first / blockSize);
        const last = (block + 1) * blockSize;
        let end = first;
        // A piece that begins the next block also follows the last one of this block.
        while (at < numbers.length && end < last && starts[numbers[at]!] === end + 1) {
          end += lengths[numbers[at]!]!;
          at += 1;
        }
        copy(blocks[block]!, first - block * blockSize, end - block * blockSize);
      }
      return at - from;
    },
    get size() {
      return blocks.length * blockSize;
    },
    get wasted() {
      return wasted;
    },
    clear() {
      blocks = [];
      used = blockSize;
      wasted = 0;
      starts = new Uint32Array(0);
      lengths = new Uint16Array(0);
    },
  };
}
