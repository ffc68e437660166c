/** Most bytes that one call of `ascii`, `encoded` or `decimal` may add; longer text goes through `text`. */
const room = 256;

/**
 * UTF-8 that grows, written byte by byte: a page of 999 users is eleven thousand short pieces, and joining them as
 * strings first costs three times as much as putting their bytes where they belong.
 */
export class Utf8Text {
  #bytes: Buffer;
  #used = 0;

  /** @param start where the text is written until it is full, or how many bytes to expect */
  constructor(start: Buffer | number) {
    this.#bytes = typeof start === 'number' ? Buffer.allocUnsafe(Math.max(start, 1024)) : start;
  }

  #reserve(more: number): void {
    if (this.#bytes.length - this.#used >= more) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#used + more));
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }

  /** At most 256 characters, all below U+0080. */
  ascii(text: string): void {
    this.#reserve(room);
    const bytes = this.#bytes;
    let used = this.#used;
    for (let index = 0; index < text.length; index += 1) bytes[used++] = text.charCodeAt(index);
    this.#used = used;
  }

  /** At most 256 bytes that are UTF-8 already. */
  encoded(piece: Uint8Array): void {
    this.#reserve(room);
    const bytes = this.#bytes;
    let used = this.#used;
    for (let index = 0; index < piece.length; index += 1) bytes[used++] = piece[index]!;
    this.#used = used;
  }

  /** The bytes of a block from `start` up to, not including, `end`. */
  bytes(block: Buffer, start = 0, end = block.length): void {
    this.#reserve(end - start);
    block.copy(this.#bytes, this.#used, start, end);
    this.#used += end - start;
  }

  /** A whole number from 0 to 2^32. */
  decimal(value: number): void {
    this.#reserve(room);
    let size = 1;
    for (let power = 10; power <= value; power *= 10) size += 1;
    let rest = value;
    for (let index = this.#used + size - 1; index >= this.#used; index -= 1) {
      const tenth = Math.floor(rest / 10);
      this.#bytes[index] = 48 + rest - tenth * 10;
      rest = tenth;
    }
    this.#used += size;
  }

  text(text: string): void {
    this.#reserve(text.length * 3);
    this.#used += this.#bytes.write(text, this.#used);
  }

  json(value: unknown): void {
    this.text(JSON.stringify(value));
  }

  /** Bytes so far. */
  get length(): number {
    return this.#used;
  }

  /** What was written from a byte on. It is valid until more is written. */
  since(start: number): Buffer {
    return this.#bytes.subarray(start, this.#used);
  }

  /** Removes one byte that was written before. */
  dropByte(at: number): void {
    this.#bytes.copyWithin(at, at + 1, this.#used);
    this.#used -= 1;
  }

  /** What was written. Write nothing after. */
  finish(): Buffer {
    return this.#bytes.subarray(0, this.#used);
  }
}
