import { defineCommand } from '../arguments/command.ts';
import { openCommandDirectory } from '../open-command-directory.ts';
import { settingsOptions } from '../options/settings-options.ts';

/** Requests a token and prints its claims and lifetime, or only the token with `--raw`. */
export const token = defineCommand({
  options: { raw: { kind: 'flag', describe: 'Print only the token' }, ...settingsOptions },
  examples: [
    ['token', 'Show which roles the application has'],
    ['token --raw', 'Print the token, for example for curl'],
  ],
  async run(args, context) {
    const { console } = context;
    const { claimsOf } = await context.core();
    await using opened = await openCommandDirectory(args, context);
    const { directory, settings, signal } = opened;
    const accessToken = await directory.credential.getToken(settings.scopes, {
      abortSignal: signal,
    });
    if (args.raw) {
      await console.write(`${accessToken.token}\n`);
      return;
    }
    const shown = {
      expiresOn: new Date(accessToken.expiresOnTimestamp).toISOString(),
      lifetimeSeconds: Math.round((accessToken.expiresOnTimestamp - Date.now()) / 1000),
      scopes: settings.scopes,
      claims: claimsOf(accessToken.token),
    };
    await console.write(`${JSON.stringify(shown, undefined, 2)}\n`);
  },
});
