import { stat } from 'node:fs/promises';

import { strategyOf } from '../credential/create-credential.ts';
import { credentialFiles } from '../credential/layers/credential-with-context.ts';
import { whyNoSignIn } from './endpoints.ts';
import { known, type Step } from './step.ts';

/** The permissions of a file in octal digits. */
async function modeOf(path: string): Promise<string> {
  const { mode } = await stat(path);
  return (mode % 0o1000).toString(8).padStart(4, '0');
}

export const credentialStep: Step = {
  async examine(scenario) {
    const { connection, credential } = known(scenario.examined);
    const settings = connection.credential;
    if (credential.examine === undefined) {
      const why = whyNoSignIn(connection) ?? 'the credential can be checked only by using it';
      return { verdict: 'skipped', message: `Nothing to check: ${why}.` };
    }
    const { message, facts, hint } = await credential.examine(scenario.signal);
    // The modes are read after the credential has checked that the files exist and can be used.
    const files = credentialFiles(strategyOf(settings.kind), settings);
    const modes = await Promise.all(files.map(async (path) => [path, await modeOf(path)] as const));
    return {
      verdict: hint === undefined ? 'ok' : 'warning',
      message: [message, ...modes.map(([path, mode]) => `${path} has mode ${mode}.`)].join(' '),
      hint,
      facts: { kind: credential.kind, ...facts, modes: Object.fromEntries(modes) },
    };
  },
};
