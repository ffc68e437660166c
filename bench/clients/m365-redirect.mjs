import { syncBuiltinESMExports } from 'node:module';
import tls from 'node:tls';

// Loaded before the CLI for Microsoft 365, whose hosts cannot be configured: its TLS connections go to the sandbox.
const port = Number(process.env['BENCH_PORT']);
const hosts = new Set(['graph.microsoft.com', 'login.microsoftonline.com']);
const { connect } = tls;
tls.connect = (...args) => {
  for (const options of args)
    if (hosts.has(options?.host ?? options?.servername))
      Object.assign(options, {
        host: '127.0.0.1',
        port,
        servername: 'localhost',
        checkServerIdentity: () => undefined,
      });
  return connect(...args);
};
syncBuiltinESMExports();
