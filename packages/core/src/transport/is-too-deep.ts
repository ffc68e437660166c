/** Graph's users are four deep; what is written out again must not run out of stack. */
const deepest = 100;

const [quote, backslash, open, close, openList, closeList] = Buffer.from('"\\{}[]');

/** Whether JSON in `bytes` nests deeper than anything we could write out again. */
export function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === open || byte === openList) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (byte === close || byte === closeList) depth -= 1;
  }
  return false;
}
