import { randomUUID } from 'node:crypto';

import { createClient, RESP_TYPES } from '@redis/client';

import type { Ports } from '../ports.ts';
import type { Secret } from '../secret.ts';
import type { LockedStore, Store } from './store.ts';
import { waitForLock } from './wait-for-lock.ts';

const prefix = 'rollcall:token:';
/** A process that is killed keeps its lock for so long at most; a living one renews it three times meanwhile. */
const defaultLease = 15_000;
const connectTimeout = 5_000;

/** Deletes or prolongs a lock only if it is still ours (the recipe of Redis's own page on SET). */
const release =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";
const prolong =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0";

/** A Redis server as token store, for processes on several machines. */
export function createRedisStore(
  url: Secret,
  { clock, log }: Pick<Ports, 'clock' | 'log'>,
  lease = defaultLease,
): Store {
  const client = createClient({
    url: url.reveal(),
    socket: { connectTimeout, reconnectStrategy: false },
    disableOfflineQueue: true,
  }).withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
  client.on('error', () => {
    // The pending call rejects with the error. Without this listener, the error would end the process.
  });
  let connecting: Promise<unknown> | undefined;

  async function connected(): Promise<typeof client> {
    if (client.isReady) return client;
    connecting ??= client.connect().finally(() => {
      connecting = undefined;
    });
    await connecting;
    return client;
  }

  async function read(key: string): Promise<Uint8Array | undefined> {
    const sealed = await (await connected()).get(prefix + key);
    return sealed ?? undefined;
  }

  const held: LockedStore = {
    read,
    async write(key, sealed, expiresAt) {
      const life = Math.max(1, Math.floor(expiresAt - clock.wall()));
      await (
        await connected()
      ).set(prefix + key, Buffer.from(sealed), {
        expiration: { type: 'PX', value: life },
      });
    },
  };

  return {
    kind: 'redis',
    read,
    async exclusively(key, work, signal) {
      const lock = `${prefix}${key}:lock`;
      const owner = randomUUID();
      await waitForLock(
        async () =>
          (await (
            await connected()
          ).set(lock, owner, {
            condition: 'NX',
            expiration: { type: 'PX', value: lease },
          })) === null
            ? undefined
            : true,
        clock,
        signal,
      );
      const renewal = setInterval(() => {
        client
          .eval(prolong, { keys: [lock], arguments: [owner, String(lease)] })
          .catch(() => log('token-cache-lock-lost', { cache: 'redis' }));
      }, lease / 3);
      renewal.unref();
      try {
        return await work(held);
      } finally {
        clearInterval(renewal);
        await client.eval(release, { keys: [lock], arguments: [owner] }).catch(() => {
          log('token-cache-lock-lost', { cache: 'redis' });
        });
      }
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
    },
  };
}
