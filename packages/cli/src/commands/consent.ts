import { defineCommand } from '../arguments/command.ts';
import { loadOptionsOf } from '../load-command-settings.ts';
import { settingsOptions } from '../options/settings-options.ts';

/** Prints the URL where an administrator grants the permissions that the registration of the application requests. */
export const consent = defineCommand({
  options: settingsOptions,
  examples: [
    ['consent', 'Print the URL for an administrator of the tenant'],
    ['consent --tenant contoso.com --client-id ID', 'Print it before there is a credential'],
  ],
  async run(args, context) {
    const { console } = context;
    const { adminConsentUrl, loadConsentTarget } = await context.core();
    const target = await loadConsentTarget(loadOptionsOf(args, context));
    await console.write(`${adminConsentUrl(target).href}\n`);
    if (console.outIsTerminal)
      console.say({
        level: 'info',
        event: 'consent',
        text: 'An administrator of the tenant must open this URL and accept. The consent can take some minutes to become effective.',
      });
  },
});
