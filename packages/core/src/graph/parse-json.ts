import { isUtf8 } from 'node:buffer';

import type { BodyFault } from '../errors/body-error.ts';
import { type ScannedObjects, scanObjects } from './scan-objects.ts';

/** Graph's users are four deep; what is written out again must not run out of stack. */
const deepest = 100;

const [quote, backslash, open, close, openList, closeList, colon] = Buffer.from('"\\{}[]:');

/** The array `value` of a page. Its objects are checked, but not parsed. */
export interface UnparsedObjects extends ScannedObjects {
  readonly bytes: Buffer;
  /** The position of the opening bracket. */
  readonly start: number;
}

export interface ParsedBody {
  /** In a page, `value` is empty if `objects` is present. */
  readonly value: unknown;
  /** The objects of `value` of a page; undefined if it is not an array, or contains anything but objects. */
  readonly objects?: UnparsedObjects | undefined;
}

/** Returns the key from `start` to `end` with its escapes decoded; unchanged if they are invalid. */
function keyAt(bytes: Buffer, start: number, end: number): string {
  const raw = bytes.toString('utf8', start, end);
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

function afterSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) <= 32) at += 1;
  return at;
}

/**
 * Scans the bytes once. It finds what `JSON.parse` accepts silently: nesting that is too deep to be serialized, and a
 * repeated key of the outermost object, of which `JSON.parse` keeps the last (a second, empty `value` would lose a
 * page). For bytes that are not JSON the result has no meaning: the parser rejects them.
 * @param isPage whether the objects of the array `value` are scanned instead of being parsed later
 */
function outline(bytes: Buffer, isPage: boolean): BodyFault | UnparsedObjects | undefined {
  const keys = new Set<string>();
  let objects: UnparsedObjects | undefined;
  let depth = 0;
  let outermostIsObject = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === open || byte === openList) {
      if (depth === 0) outermostIsObject = byte === open;
      depth += 1;
      if (depth > deepest) return 'too-deep';
    } else if (byte === close || byte === closeList) depth -= 1;
    else if (byte === quote) {
      const start = at + 1;
      for (at = start; at < bytes.length && bytes[at] !== quote; at += 1)
        if (bytes[at] === backslash) at += 1;
      if (depth !== 1 || !outermostIsObject) continue;
      const after = afterSpace(bytes, at + 1);
      if (bytes[after] !== colon) continue;
      const key = keyAt(bytes, start, at);
      if (keys.has(key)) return 'duplicate-keys';
      keys.add(key);
      const value = afterSpace(bytes, after + 1);
      if (!isPage || key !== 'value' || bytes[value] !== openList) continue;
      const scanned = scanObjects(bytes, value);
      if (typeof scanned === 'string') return scanned;
      if (scanned === undefined) continue;
      objects = { ...scanned, bytes, start: value };
      at = scanned.end - 1;
    }
  }
  return objects;
}

/** Returns the bytes without a byte order mark; undefined when they are not UTF-8. */
function textBytes(body: Uint8Array): Buffer | undefined {
  if (!isUtf8(body)) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/**
 * Parses a body like `JSON.parse`, but rejects deep nesting and repeated keys of the outermost object.
 * @param isPage whether the objects of `value` are only checked, so that they can be written out without being parsed;
 *   one with two members `id` is rejected
 */
export function parseJson(body: Uint8Array, isPage = false): ParsedBody | BodyFault {
  const bytes = textBytes(body);
  if (bytes === undefined) return 'encoding';
  const objects = outline(bytes, isPage);
  if (typeof objects === 'string') return objects;
  // An empty array in the place of the objects: the parser sees all other bytes.
  const text =
    objects === undefined
      ? bytes.toString()
      : `${bytes.toString('utf8', 0, objects.start)}[]${bytes.toString('utf8', objects.end)}`;
  try {
    return { value: JSON.parse(text) as unknown, objects };
  } catch {
    // Without the cause: V8 quotes the body in its message.
    return 'not-json';
  }
}
