import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** The size of the young generation in bytes, both halves included. About three pages of users fit. */
const roomForPages = 8 * 1024 * 1024;

/**
 * Keeps the young generation of V8 at its first 2 MB. Otherwise V8 grows it to 16 MB and more while modules are loaded,
 * and never shrinks it. Call this function before other modules are loaded.
 *
 * Flags of Node's command line have the same effect, but a launcher cannot pass them on every platform.
 */
export function startSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Makes V8 collect garbage early: the objects of a page are garbage when the page has been written. Call this function
 * at the start of a listing, before core is loaded.
 *
 * - The old generation is collected after it has grown by 10 %, not by 50 % and more.
 * - Code is optimized on the main thread. In the background it takes 10 MB that are never released, and as much time.
 * - The parser of HTTP headers, which is WebAssembly, is not optimized: that takes 6 MB and saves microseconds per
 *   page.
 *
 * V8 of Node 22, 24 and 26 supports these flags. A version that does not prints a warning and continues.
 *
 * At 1,000,000 users as NDJSON, the peak is 142 MB with these flags and about 230 MB without (`bench/README.md`).
 * @returns a function to call after each page. It lets the young generation grow to the size of about three pages: with
 *   the first 2 MB, every page would be copied to the old generation
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
