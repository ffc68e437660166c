import { claimsOf } from '../claims-of.ts';
import { openFor } from '../opening.ts';
import type { Step } from './step.ts';

export const token: Step = {
  name: 'token',
  async examine(about) {
    // Settings warnings were said by the first step.
    const opened = await openFor(about.args, { ...about.context, log: () => {} });
    about.opened = opened;
    const { directory, settings, signal } = opened;
    const got = await directory.credential.getToken(settings.scopes, { abortSignal: signal });
    about.claims = claimsOf(got.token);
    const minutes = Math.round((got.expiresOnTimestamp - Date.now()) / 60_000);
    const name = about.claims?.['app_displayname'];
    const who = typeof name === 'string' ? ` to “${name}”` : '';
    return { verdict: 'ok', says: `Given${who}, good for ${minutes} minutes.` };
  },
};
