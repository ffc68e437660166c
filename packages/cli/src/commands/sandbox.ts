import { run as runSandbox } from '@rollcall/sandbox/command';

import type { Arguments } from '../command.ts';
import type { Context } from '../context.ts';

/** Runs the local mock tenant until it is stopped, which is not an error. */
export async function sandbox(args: Arguments, context: Context): Promise<number> {
  const { console, signal } = context;
  return await runSandbox(args, {
    stdout: { write: (text) => void console.write(text) },
    stderr: {
      write: (text) =>
        console.say({ level: 'warn', event: 'sandbox', text: text.trimEnd(), facts: { text } }),
    },
    signal,
  });
}
