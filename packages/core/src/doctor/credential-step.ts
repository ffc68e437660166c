import { stat } from 'node:fs/promises';

import { credentialFiles } from '../credential/credential-with-context.ts';
import { strategies } from '../credential/strategies.ts';
import type { Strategy } from '../credential/strategy.ts';
import type { CredentialSettings } from '../settings/settings.ts';
import { whyNoSignIn } from './hops.ts';
import { known, type Step } from './step.ts';

/** The files that the settings name. */
function filesOf(settings: CredentialSettings): readonly string[] {
  const registry: Readonly<Record<string, Strategy>> = strategies;
  const strategy = registry[settings.kind];
  return strategy === undefined ? [] : credentialFiles(strategy, settings);
}

/** As `ls` would have it, in digits. */
async function modeOf(path: string): Promise<string> {
  const { mode } = await stat(path);
  return (mode % 0o1000).toString(8).padStart(4, '0');
}

export const credentialStep: Step = {
  async examine(about) {
    const { own, credential } = known(about.examined);
    if (own === undefined || credential.examine === undefined)
      return {
        verdict: 'skipped',
        says: `Nothing to look at here: ${whyNoSignIn(credential.kind) ?? 'it shows only when it is used'}.`,
      };
    const files = filesOf(own.credential);
    const { says, facts, remedy } = await credential.examine(about.signal);
    // Read after the credential has said that the files are there and fit to be used.
    const modes = await Promise.all(files.map(async (path) => [path, await modeOf(path)] as const));
    return {
      verdict: remedy === undefined ? 'ok' : 'warning',
      says: [says, ...modes.map(([path, mode]) => `${path} has mode ${mode}.`)].join(' '),
      remedy,
      facts: { kind: credential.kind, ...facts, modes: Object.fromEntries(modes) },
    };
  },
};
