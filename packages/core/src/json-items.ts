/**
 * Objects of a page as the service sent them, checked but not parsed. A program that only passes users on saves most of
 * the processor time in this way, and long numbers keep their digits.
 */
export interface JsonItems {
  readonly length: number;
  id(at: number): string;
  /** Returns all objects as JSON in UTF-8, each on one line, with `separator` between them. */
  join(separator: string): Uint8Array;
}
