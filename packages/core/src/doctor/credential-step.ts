import { stat } from 'node:fs/promises';

import { strategies } from '../credential/strategies.ts';
import type { Strategy } from '../credential/strategy.ts';
import { CredentialError } from '../errors/credential-error.ts';
import type { CredentialSettings } from '../settings/settings.ts';
import { whyNoSignIn } from './hops.ts';
import { known, type Step } from './step.ts';

/** The files that the settings name. */
function filesOf(settings: CredentialSettings): readonly string[] {
  const registry: Readonly<Record<string, Strategy>> = strategies;
  return (registry[settings.kind]?.pathKeys ?? [])
    .map((key) => settings[key])
    .filter((path) => typeof path === 'string')
    .filter((path) => path !== '-');
}

/** As `ls` would have it, in digits. */
async function modeOf(path: string): Promise<string> {
  const { mode } = await stat(path);
  return (mode % 0o1000).toString(8).padStart(4, '0');
}

/** The same error, with the files that it is about where it does not name any. */
function naming(files: readonly string[], error: unknown): unknown {
  if (!(error instanceof CredentialError) || files.length === 0) return error;
  if (files.some((file) => error.message.includes(file))) return error;
  return new CredentialError(`${files.join(', ')}: ${error.message}`, error.hint, error);
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
    const { says, facts, remedy } = await credential
      .examine(about.signal)
      .catch((error: unknown) => Promise.reject(naming(files, error)));
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
