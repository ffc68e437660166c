/** Units of work that run at the same time. */
export interface Semaphore {
  /**
   * Waits until there are enough units, in the order of the calls. Dispose of the result when the work is done.
   * @throws what aborted the signal
   */
  acquire(units: number, signal: AbortSignal): Promise<Disposable>;
}

interface Waiting {
  readonly units: number;
  readonly start: () => void;
}

/** Creates a semaphore. Work that needs more units than there are runs alone. */
export function createSemaphore(capacity: number): Semaphore {
  const queue: Waiting[] = [];
  let free = capacity;

  function startNext(): void {
    for (let next = queue[0]; next !== undefined && next.units <= free; next = queue[0]) {
      queue.shift();
      free -= next.units;
      next.start();
    }
  }

  return {
    async acquire(wanted, signal) {
      signal.throwIfAborted();
      const units = Math.min(wanted, capacity);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const waiting = { units, start: resolve };
      const leave = (): void => {
        const at = queue.indexOf(waiting);
        if (at === -1) return;
        queue.splice(at, 1);
        reject(signal.reason as Error);
        startNext();
      };
      queue.push(waiting);
      signal.addEventListener('abort', leave, { once: true });
      startNext();
      try {
        await promise;
      } finally {
        signal.removeEventListener('abort', leave);
      }
      let isReleased = false;
      return {
        [Symbol.dispose]() {
          if (isReleased) return;
          isReleased = true;
          free += units;
          startNext();
        },
      };
    },
  };
}
