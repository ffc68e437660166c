import type { Arguments } from '../command.ts';
import type { Context } from '../context.ts';
import { openFor } from '../opening.ts';

export interface TokenArguments extends Arguments {
  readonly raw: boolean;
}

/** Requests a token and prints its claims and lifetime, or only the token with `--raw`. */
export async function token(args: TokenArguments, context: Context): Promise<void> {
  const { console } = context;
  const { claimsOf } = await context.core();
  await using opened = await openFor(args, context);
  const { directory, settings, signal } = opened;
  const accessToken = await directory.credential.getToken(settings.scopes, { abortSignal: signal });
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
}
