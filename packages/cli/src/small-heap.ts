import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Of the young generation in bytes, both of its halves: some three pages of users are garbage before it is collected. */
const roomForPages = 8 * 1024 * 1024;

/**
 * V8 doubles the young generation while a program loads, to 16 MB and more, and never gives it back. Call this before anything
 * is loaded: it stays at the 2 MB that it begins with.
 *
 * Flags of Node's command line would do the same, but no launcher can pass them on every platform.
 */
export function startSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Stops V8 from taking memory on speculation: a listing's garbage dies with its page. Call it when a listing begins, before
 * core is loaded.
 *
 * - The old generation is collected when it has grown by a tenth, not by half and more.
 * - Code is optimized on the main thread: in the background it takes 10 MB that are never given back, and as much time.
 * - The parser of HTTP heads, which is WebAssembly, is not optimized at all: 6 MB for some microseconds a page.
 *
 * The V8 of Node 24 and that of Node 26 know these flags; one that does not says so on standard error and goes on.
 *
 * At 1,000,000 users of NDJSON the peak is 142 MB (`bench/README.md`), and without all this some 230.
 * @returns to be called after each page: it lets the young generation grow to the size of some pages, and no further. At the size
 *   that it starts with, every page would be copied into the old one
 */
export function keepHeapSmall(): () => void {
  for (const flag of [
    '--heap-growing-percent=10',
    '--no-concurrent-recompilation',
    '--no-wasm-tier-up',
    '--no-wasm-dynamic-tiering',
  ])
    setFlagsFromString(flag);
  let grows: boolean | undefined;
  return () => {
    if (grows === false) return;
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    const small = young !== undefined && young.space_size < roomForPages;
    if (small !== (grows ?? false))
      setFlagsFromString(`--semi-space-growth-factor=${small ? 2 : 1}`);
    grows = small;
  };
}
