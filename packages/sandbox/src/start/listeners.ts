/** What is closed when the sandbox stops. */
export interface Closable {
  close(): Promise<void>;
}

/** The listeners of a sandbox, closed together. */
export interface Listeners {
  /** Waits for a listener and keeps it. */
  open<T extends Closable>(start: T | Promise<T>): Promise<T>;
  closeAll(): Promise<void>;
}

export function createListeners(): Listeners {
  const opened: Closable[] = [];
  return {
    async open(start) {
      const one = await start;
      opened.push(one);
      return one;
    },
    async closeAll() {
      await Promise.all(opened.map((one) => one.close()));
    },
  };
}
