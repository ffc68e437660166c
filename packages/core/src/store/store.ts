/** What a holder of the lock may do. */
export interface LockedStore {
  read(key: string): Promise<Uint8Array | undefined>;
  /** Keeps `sealed` until the wall time `expiresAt`, in milliseconds. */
  write(key: string, sealed: Uint8Array, expiresAt: number): Promise<void>;
}

/** A place that several processes share. It sees sealed bytes only. */
export interface Store extends AsyncDisposable {
  /** For log lines: no path, no address. */
  readonly kind: string;
  read(key: string): Promise<Uint8Array | undefined>;
  /**
   * Runs `work` while no other process runs work for this key. The lock of a process that is killed is released within
   * seconds and never has to be removed manually.
   * @throws {Error} after a minute of waiting; `signal.reason` when aborted; all errors of `work`
   */
  exclusively<Result>(
    key: string,
    work: (held: LockedStore) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result>;
}

/** Whose tokens a store keeps: what a token depends on in addition to its scopes. */
export interface TokenOwner {
  readonly authority: URL;
  readonly tenant: string;
  readonly clientId: string;
}
