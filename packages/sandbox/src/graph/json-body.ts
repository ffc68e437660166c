/** UTF-8 text that grows. Users are encoded one at a time: one long mixed string costs five times as much. */
export interface JsonBody {
  write(text: string): void;
  /** What was written. Write nothing after. */
  finish(): Buffer;
}

export function createJsonBody(estimate: number): JsonBody {
  let bytes = Buffer.allocUnsafe(Math.max(estimate, 1024));
  let used = 0;
  return {
    write(text) {
      const most = text.length * 3;
      if (bytes.length - used < most) {
        const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, used + most));
        bytes.copy(larger, 0, 0, used);
        bytes = larger;
      }
      used += bytes.write(text, used);
    },
    finish: () => bytes.subarray(0, used),
  };
}
