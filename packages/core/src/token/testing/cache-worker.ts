/**
 * One of many processes, for the tests of the stores: takes a lock, reads, "requests a token" if there is none, and
 * writes it. Run as `node cache-worker.ts KIND WHERE KEY MODE`; prints `post`, `hit`, or `held` and then hangs.
 */
import { Secret } from '../../secret.ts';
import { systemClock } from '../../system-clock.ts';

const [, , kind, where = '', key = '', mode] = process.argv;
const ports = { clock: systemClock, log: () => {} };
await using store =
  kind === 'redis'
    ? (await import('../../store/redis-store.ts')).createRedisStore(new Secret(where), ports, 1500)
    : (await import('../../store/file-store.ts')).createFileStore(where, ports);

const outcome = await store.exclusively(key, async (held) => {
  if (mode === 'hang') {
    await held.write(key, Buffer.from('half'), Date.now() + 60_000);
    process.stdout.write('held\n');
    await systemClock.sleep(600_000);
  }
  if ((await held.read(key)) !== undefined) return 'hit';
  await systemClock.sleep(20);
  await held.write(key, Buffer.alloc(20_000, 7), Date.now() + 60_000);
  return 'post';
});
process.stdout.write(`${outcome}\n`);
