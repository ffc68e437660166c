import { setFlagsFromString } from 'node:v8';

/**
 * Stops V8 from growing the heap on speculation: a listing's garbage dies with its page, so a larger young
 * generation only holds more of it. Call it once the program's frame is loaded and before core is, because the young
 * generation stays at the size it has: at the 1 MB of a fresh process every page would be copied into the old one.
 *
 * Flags of Node's command line would do the same from the start, but no launcher can pass them on every platform.
 * At 1,000,000 users of NDJSON the peak falls from 357 to 188 MiB for about the same processor time.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=10');
}
