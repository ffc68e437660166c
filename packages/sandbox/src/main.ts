import { enableCompileCache } from 'node:module';

// Before anything else is loaded, because it saves a tenth of the start.
enableCompileCache();

const [{ default: yargs }, { hideBin }, { describe, options, run }] = await Promise.all([
  import('yargs'),
  import('yargs/helpers'),
  import('./command.ts'),
]);

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());

const args = await yargs(hideBin(process.argv))
  .scriptName('rollcall-sandbox')
  .usage(`$0\n\n${describe}`)
  .options(options)
  .strict()
  .parse();

process.exitCode = await run(args, {
  stdout: process.stdout,
  isTerminal: process.stdout.isTTY,
  stderr: process.stderr,
  signal: stop.signal,
});
