import { crc32 } from 'node:zlib';

import { encode, type ContentCoding } from './content-coding.ts';

/** Compresses bodies, and remembers the result: compressing a page takes longer than all else that makes it. */
export type BodyEncoder = (
  body: Buffer,
  coding: ContentCoding | undefined,
) => Promise<{ readonly body: Buffer; readonly coding?: ContentCoding | undefined }>;

/** Memory for compressed bodies: the pages of a million users take 90 MB. */
const mostBytes = 2 ** 28;

/** Bytes at the beginning of a body that are compared as they are: they contain the links of a page. */
const headBytes = 1_024;

/** @param limit bytes of memory for compressed bodies */
export function createBodyEncoder(limit = mostBytes): BodyEncoder {
  /** The body that was used last is the last one. */
  const kept = new Map<string, Buffer>();
  let bytes = 0;

  function keep(key: string, encoded: Buffer): void {
    bytes += encoded.length - (kept.get(key)?.length ?? 0);
    kept.delete(key);
    kept.set(key, encoded);
    for (const [oldest, { length }] of kept) {
      if (bytes <= limit) break;
      kept.delete(oldest);
      bytes -= length;
    }
  }

  return async (body, coding) => {
    if (coding === undefined) return { body };
    // A full comparison or hash would take as long as all else; two pages never differ in the middle only by chance.
    const head = body.toString('latin1', 0, headBytes);
    const key = `${coding} ${body.length} ${crc32(body)} ${head}`;
    const known = kept.get(key);
    if (known !== undefined) {
      keep(key, known);
      return { body: known, coding };
    }
    const made = await encode(body, coding);
    if (made.coding !== undefined) keep(key, made.body);
    return made;
  };
}
