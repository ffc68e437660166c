import type { Arguments } from '../command.ts';
import type { Context } from '../context.ts';
import { settingsFor } from '../opening.ts';

/** Prints the URL at which an administrator of the tenant allows this application what its registration asks for. */
export async function consent(args: Arguments, context: Context): Promise<void> {
  const { adminConsentUrl } = await context.core();
  const settings = await settingsFor(args, context);
  await context.console.write(`${adminConsentUrl(settings).href}\n`);
  if (context.console.outIsTerminal)
    context.console.say({
      level: 'info',
      event: 'consent',
      text: 'Have an administrator of the tenant open it, and accept. It can take a few minutes to count.',
    });
}
