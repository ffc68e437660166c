// Loaded into the command before it starts: DNS that finds the hosts of Microsoft and no host of the domain `.invalid`,
// also on a machine without a network.
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const original = dns.lookup;

dns.lookup = (host, options, callback = options) => {
  if (host === 'login.microsoftonline.com') original('127.0.0.1', options, callback);
  else if (host.endsWith('.invalid')) {
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
      hostname: host,
    });
    process.nextTick(callback, error);
  } else original(host, options, callback);
};
dns.promises.lookup = (host, options = {}) =>
  new Promise((resolve, reject) => {
    dns.lookup(host, options, (error, address, family) => {
      if (error) reject(error);
      else resolve(options.all ? address : { address, family });
    });
  });
syncBuiltinESMExports();
