import { z } from 'zod';

import { CredentialError } from '../../errors/credential-error.ts';
import { Secret } from '../../secret.ts';
import { readCredentialFile } from '../file/credential-file.ts';
import { proofIdOf } from '../proof-id.ts';
import { exactlyOne } from '../setting-choice.ts';
import { readStandardInput } from '../file/standard-input.ts';
import { defineStrategy } from '../strategy.ts';

const settings = z.strictObject({
  secret: z.string().min(1).optional().describe('The secret value (not the secret ID)'),
  secretFile: z
    .string()
    .min(1)
    .optional()
    .describe('A file that holds the secret value; - is standard input'),
});

/** Editors and `echo` end a file with a line break that is no part of the secret, and some begin it with a BOM. */
function secretIn(bytes: Buffer, where: string, files: readonly string[] = []): Secret {
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/u, '')
    .trim();
  if (text !== '' && !/\s/u.test(text)) return new Secret(text);
  throw new CredentialError(
    `${where} does not hold one line with the client secret.`,
    'Put the secret value, and nothing else, into it.',
    { files },
  );
}

export const clientSecret = defineStrategy({
  kind: 'client-secret',
  describe: 'A client secret: its value, or a file that holds it',
  settings,
  pathKeys: ['secretFile'],
  secretKeys: ['secret'],
  canSealTokens: 'always',
  issues: (given) => exactlyOne(given, ['secret', 'secretFile']),
  createCredential({ secret, secretFile }, context) {
    const read = context.readStandardInput ?? readStandardInput;
    let fromInput: Promise<Buffer> | undefined;

    async function currentSecret(): Promise<Secret> {
      if (secret !== undefined) return secret;
      if (secretFile === '-') return secretIn(await (fromInput ??= read()), 'Standard input');
      const path = secretFile ?? '';
      const guarded = context.allowWeakPermissions !== true;
      const bytes = await readCredentialFile({ path, holds: 'the client secret', guarded });
      return secretIn(bytes, `The file ${path}`, [path]);
    }

    return {
      kind: 'client-secret',
      async requestToken(request) {
        const { requestTokenByMsal } = await import('../msal/request-token.ts');
        return requestTokenByMsal(request, context, { secret: await currentSecret() });
      },
      async examine() {
        // It can be read once, and that is for signing in.
        if (secretFile === '-') return { says: 'Standard input will give the secret.', facts: {} };
        await currentSecret();
        const from = secretFile === undefined ? 'the settings' : `the file ${secretFile}`;
        return {
          says: `A secret, from ${from}; only the service can tell whether it is right.`,
          facts: {},
        };
      },
      sealingProof: async () => Buffer.from((await currentSecret()).reveal()),
      ...(secretFile === undefined || secretFile === '-'
        ? {}
        : { proofId: async () => proofIdOf((await currentSecret()).reveal()) }),
    };
  },
});
