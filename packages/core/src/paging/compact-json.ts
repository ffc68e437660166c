const [quote, backslash] = Buffer.from('"\\');

/** Returns valid JSON without the white space between its tokens, so that it is on one line. */
export function compactJson(bytes: Uint8Array): Buffer {
  const compact = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let isInString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) isInString = !isInString;
    else if (!isInString && byte <= 32) continue;
    else if (byte === backslash) {
      compact[length] = byte;
      length += 1;
      at += 1;
    }
    compact[length] = bytes[at] ?? 0;
    length += 1;
  }
  return compact.subarray(0, length);
}
