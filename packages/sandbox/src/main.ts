#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';

import { describe, options, run } from './command.ts';

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
  stderr: process.stderr,
  signal: stop.signal,
});
