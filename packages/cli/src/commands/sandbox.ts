import { run as runSandbox } from '@rollcall/sandbox/command';

import { defineCommand } from '../arguments/command.ts';
import { sandboxOptions } from '../options/sandbox-options.ts';

/** Runs the local mock tenant until it is stopped, which is not an error. */
export const sandbox = defineCommand({
  options: sandboxOptions,
  examples: [
    [
      'sandbox --users 5000 --dir ./tenant',
      'Then: rollcall users list --config tenant/parameters.json',
    ],
  ],
  run: (args, { console, signal }) =>
    runSandbox(args, {
      stdout: { write: (text) => void console.write(text) },
      isTerminal: console.outIsTerminal,
      stderr: {
        write: (text) =>
          console.say({ level: 'warn', event: 'sandbox', text: text.trimEnd(), facts: { text } }),
      },
      signal,
    }),
});
