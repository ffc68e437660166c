import { stat } from 'node:fs/promises';

import { credentialFiles } from '../credential/credential-with-context.ts';
import { strategyOf } from '../credential/create-credential.ts';
import { whyNoSignIn } from './hops.ts';
import { known, type Step } from './step.ts';

/** As `ls` would have it, in digits. */
async function modeOf(path: string): Promise<string> {
  const { mode } = await stat(path);
  return (mode % 0o1000).toString(8).padStart(4, '0');
}

export const credentialStep: Step = {
  async examine(about) {
    const { connection, credential } = known(about.examined);
    const settings = connection.credential;
    if (credential.examine === undefined)
      return {
        verdict: 'skipped',
        says: `Nothing to look at here: ${whyNoSignIn(connection) ?? 'it shows only when it is used'}.`,
      };
    const files = credentialFiles(strategyOf(settings.kind), settings);
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
