/** Most bytes that one call of `ascii`, `encoded` or `decimal` may add; longer text goes through `text`. */
const room = 256;

/**
 * UTF-8 that grows, written byte by byte: a page of 999 users is eleven thousand short pieces, and joining them as
 * strings first costs three times as much as putting their bytes where they belong.
 */
export class Utf8Text {
  #bytes: Buffer;
  #used = 0;

  constructor(estimate: number) {
    this.#bytes = Buffer.allocUnsafe(Math.max(estimate, 1024));
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

  bytes(piece: Buffer): void {
    this.#reserve(piece.length);
    piece.copy(this.#bytes, this.#used);
    this.#used += piece.length;
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

  /** A copy of what was written from a byte on. */
  copyFrom(start: number): Buffer {
    return Buffer.from(this.#bytes.subarray(start, this.#used));
  }

  /** What was written. Write nothing after. */
  finish(): Buffer {
    return this.#bytes.subarray(0, this.#used);
  }
}
