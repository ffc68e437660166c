import type { Arguments } from '../command.ts';
import type { Context } from '../context.ts';
import { settingsFor } from '../opening.ts';

/** Prints the URL where an administrator grants the permissions that the registration of the application requests. */
export async function consent(args: Arguments, context: Context): Promise<void> {
  const { adminConsentUrl } = await context.core();
  const settings = await settingsFor(args, context);
  await context.console.write(`${adminConsentUrl(settings).href}\n`);
  if (context.console.outIsTerminal)
    context.console.say({
      level: 'info',
      event: 'consent',
      text: 'Have an administrator of the tenant open this URL and accept. It can take some minutes until the consent is in effect.',
    });
}
