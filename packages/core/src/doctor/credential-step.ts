import { stat } from 'node:fs/promises';

import { strategies } from '../credential/strategies.ts';
import type { Strategy } from '../credential/strategy.ts';
import type { CredentialSettings } from '../settings/settings.ts';
import { whyNoSignIn } from './hops.ts';
import { known, type Step } from './step.ts';

/** The modes of the files that the settings name, as `ls` would have them in digits. */
async function modesOf(settings: CredentialSettings): Promise<Readonly<Record<string, string>>> {
  const registry: Readonly<Record<string, Strategy>> = strategies;
  const modes: Record<string, string> = {};
  for (const key of registry[settings.kind]?.pathKeys ?? []) {
    const path = settings[key];
    if (typeof path !== 'string' || path === '-') continue;
    const { mode } = await stat(path);
    modes[path] = (mode % 0o1000).toString(8).padStart(4, '0');
  }
  return modes;
}

export const credentialStep: Step = {
  async examine(about) {
    const { own, credential } = known(about.examined);
    if (own === undefined || credential.examine === undefined)
      return {
        verdict: 'skipped',
        says: `Nothing to look at here: ${whyNoSignIn(credential.kind) ?? 'it shows only when it is used'}.`,
      };
    const { says, facts, warning } = await credential.examine(about.signal);
    // Read after the credential has said that the files are there and fit to be used.
    const modes = await modesOf(own.credential);
    const files = Object.entries(modes).map(([path, mode]) => ` ${path} has mode ${mode}.`);
    const all = { kind: credential.kind, ...facts, modes };
    const text = `${says}${files.join('')}`;
    return warning === undefined
      ? { verdict: 'ok', says: text, facts: all }
      : { verdict: 'warning', says: `${text} ${warning.says}`, remedy: warning.remedy, facts: all };
  },
};
