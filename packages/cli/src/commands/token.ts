import type { Arguments } from '../command.ts';
import type { Context } from '../context.ts';
import { openFor } from '../opening.ts';

export interface TokenArguments extends Arguments {
  readonly raw: boolean;
}

/** Gets a token and shows its claims and lifetime: never the token itself, but with `--raw` nothing else. */
export async function token(args: TokenArguments, context: Context): Promise<void> {
  const { console } = context;
  const { claimsOf } = await context.core();
  await using opened = await openFor(args, context);
  const { directory, settings, signal } = opened;
  const got = await directory.credential.getToken(settings.scopes, { abortSignal: signal });
  if (args.raw) {
    await console.write(`${got.token}\n`);
    return;
  }
  const shown = {
    expiresOn: new Date(got.expiresOnTimestamp).toISOString(),
    lifetimeSeconds: Math.round((got.expiresOnTimestamp - Date.now()) / 1000),
    scopes: settings.scopes,
    claims: claimsOf(got.token),
  };
  await console.write(`${JSON.stringify(shown, undefined, 2)}\n`);
}
