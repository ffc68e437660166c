import { z } from 'zod';

import { CredentialError } from '../errors/credential-error.ts';
import { Secret } from '../secret.ts';
import { readCredentialFile } from './credential-file.ts';
import { exactlyOne } from './setting-choice.ts';
import { defineStrategy } from './strategy.ts';

const settings = z.strictObject({
  secret: z.string().min(1).optional().describe('The secret value (not the secret ID)'),
  secretFile: z
    .string()
    .min(1)
    .optional()
    .describe('A file that holds the secret value; - is standard input'),
});

async function secretOfFile(path: string): Promise<Secret> {
  const file = { path, holds: 'the client secret' };
  // Editors and `echo` end a file with a line break that is no part of the secret.
  const text = (await readCredentialFile(file))
    .toString('utf8')
    .replace(/^\uFEFF/u, '')
    .trim();
  if (text === '' || /\s/u.test(text)) {
    throw new CredentialError(
      `The file for the client secret does not hold one line with the secret: ${path}`,
      'Put the secret value, and nothing else, into the file.',
    );
  }
  return new Secret(text);
}

export const clientSecret = defineStrategy({
  kind: 'client-secret',
  describe: 'A client secret: its value, or a file that holds it',
  settings,
  pathKeys: ['secretFile'],
  secretKeys: ['secret'],
  issues: (given) => exactlyOne(given, ['secret', 'secretFile']),
  createCredential({ secret, secretFile }, context) {
    return {
      kind: 'client-secret',
      async requestToken(request) {
        const { requestTokenByMsal } = await import('./msal/request-token.ts');
        return requestTokenByMsal(request, context, {
          secret: secret ?? (await secretOfFile(secretFile ?? '')),
        });
      },
    };
  },
});
