import dns from 'node:dns';
import { existsSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before a Node program: names cannot be resolved while the file BENCH_OUTAGE exists.
const { lookup } = dns;
dns.lookup = (host, options, callback) => {
  const done = typeof options === 'function' ? options : callback;
  if (existsSync(process.env['BENCH_OUTAGE'])) {
    const error = Object.assign(new Error(`getaddrinfo EAI_AGAIN ${host}`), {
      code: 'EAI_AGAIN',
      errno: -3001,
      syscall: 'getaddrinfo',
      hostname: host,
    });
    setImmediate(done, error);
    return;
  }
  lookup(host, options, callback);
};
syncBuiltinESMExports();
