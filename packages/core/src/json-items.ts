/**
 * Objects of a page as the service sent them, checked but not parsed. A program that only passes users on saves most of
 * the processor time in this way, and long numbers keep their digits.
 *
 * @example
 * for (let at = 0; at < items.length; at += 1) console.log(items.id(at));
 * await file.write(items.join('\n'));
 */
export interface JsonItems {
  readonly length: number;
  /** Returns the ID of one object. */
  id(at: number): string;
  /** Returns all objects as JSON in UTF-8, each on one line, with `separator` between them. */
  join(separator: string): Uint8Array;
}
