/** The position of one record in a buffer: `start` is inclusive, `end` exclusive. */
export interface RecordRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the first record at or after `from`. `incomplete` when the buffer ends before the record does; `end` when no
 * record follows, because the array is closed.
 */
export type FindRecord = (bytes: Buffer, from: number) => RecordRange | 'incomplete' | 'end';

const lineFeed = 10;
const quote = 34;
const comma = 44;
const backslash = 92;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** The largest code of whitespace in JSON. */
const space = 32;

/** NDJSON: one object per line. Empty lines are skipped. */
export function findLine(bytes: Buffer, from: number): RecordRange | 'incomplete' {
  let start = from;
  while (start < bytes.length && (bytes[start] ?? 0) <= space) start += 1;
  if (start === bytes.length) return 'incomplete';
  const end = bytes.indexOf(lineFeed, start);
  return end === -1 ? 'incomplete' : { start, end };
}

/** Separated values: a line feed outside of quotes ends a record (RFC 4180). */
export function findRow(bytes: Buffer, from: number): RecordRange | 'incomplete' {
  let isQuoted = false;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) isQuoted = !isQuoted;
    else if (byte === lineFeed && !isQuoted) return { start: from, end: at + 1 };
  }
  return 'incomplete';
}

/** Returns the end of the text that starts with a quote at `start`; -1 when the buffer ends before it. */
function endOfText(bytes: Buffer, start: number): number {
  for (let at = start + 1; at < bytes.length; at += 1) {
    if (bytes[at] === backslash) at += 1;
    else if (bytes[at] === quote) return at;
  }
  return -1;
}

/** A JSON array of objects, indented or not: the next object in it. */
export function findObject(bytes: Buffer, from: number): RecordRange | 'incomplete' | 'end' {
  let start = from;
  for (; start < bytes.length; start += 1) {
    const byte = bytes[start] ?? 0;
    if (byte === openBrace) break;
    if (byte === closeBracket) return 'end';
    // Any other text between two objects fails when the record is parsed.
    if (byte > space && byte !== comma && byte !== openBracket) break;
  }
  let depth = 0;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) {
      at = endOfText(bytes, at);
      if (at === -1) return 'incomplete';
    } else if (byte === openBrace) depth += 1;
    else if (byte === closeBrace) {
      depth -= 1;
      if (depth <= 0) return { start, end: at + 1 };
    }
  }
  return 'incomplete';
}
