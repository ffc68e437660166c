import { CredentialError } from '../../errors/credential-error.ts';
import { parseGuid } from '../../guid.ts';
import { Secret } from '../../secret.ts';
import { readCredentialFile } from '../file/read-credential-file.ts';
import { readStandardInput } from '../file/read-standard-input.ts';
import { fingerprintOf } from '../fingerprint-of.ts';
import { exactlyOne } from '../exclusive-settings.ts';
import { defineStrategy, type StrategyIssue } from '../strategy.ts';
import { withoutLineBreak } from '../without-line-break.ts';

/** Editors and `echo` add a line break at the end of a file, and some editors a byte order mark at its start. */
function secretIn(bytes: Buffer, source: string, files: readonly string[] = []): Secret {
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/u, '')
    .trim();
  if (text !== '' && !/\s/u.test(text)) return new Secret(text);
  throw new CredentialError(
    `${source} must contain the client secret on a single line.`,
    'Write only the secret value into it.',
    { files },
  );
}

function suspiciousValue(text: string): readonly StrategyIssue[] {
  if (parseGuid(text) !== undefined)
    return [
      {
        key: 'secret',
        message: 'looks like a secret ID, not a secret value',
        hint: 'Use the Value of the client secret. It is shown only once: if it is lost, create a new client secret.',
      },
    ];
  if (/\p{Cf}/u.test(text))
    return [
      {
        key: 'secret',
        message: 'contains an invisible character, which was probably copied with the value',
        hint: 'Copy the value again. If sign-in fails with AADSTS7000215, this is the probable cause.',
      },
    ];
  if (text.trim() === text) return [];
  const hint = 'Remove the whitespace unless it is part of the secret.';
  return [{ key: 'secret', message: 'starts or ends with whitespace', hint }];
}

export const clientSecret = defineStrategy({
  kind: 'client-secret',
  describe: 'A client secret: its value, or a file that contains it',
  settings: {
    secret: {
      type: 'text',
      isSecret: true,
      describe: 'Value of the client secret (not its secret ID)',
      variables: ['AZURE_CLIENT_SECRET', 'CLIENT_SECRET'],
      rejectedFlags: ['secret', 'client-secret'],
      quickstart: { key: 'secret' },
      whereToFind:
        'Create a client secret in Entra admin center > App registrations > your application > Certificates & secrets, and use its Value (not the Secret ID), which is shown only once.',
    },
    secretFile: {
      type: 'text',
      isPath: true,
      describe: 'File that contains the client secret; - for standard input',
      flag: {
        name: 'secret-file',
        argument: 'FILE',
        describe: 'Read the client secret from FILE (- for stdin)',
      },
    },
  },
  clientId: 'required',
  canSealTokens: 'always',
  offers: [
    {
      name: 'client-secret',
      variables: ['AZURE_CLIENT_SECRET'],
      settings: (environment) => ({
        secret: new Secret(withoutLineBreak(environment['AZURE_CLIENT_SECRET'] ?? '')),
      }),
    },
  ],
  issues: (given) => exactlyOne(given, ['secret', 'secretFile']),
  warnings: ({ secret }) => (secret === undefined ? [] : suspiciousValue(secret.reveal())),
  createCredential({ secret, secretFile }, context) {
    const read = context.readStandardInput ?? readStandardInput;
    let standardInput: Promise<Buffer> | undefined;

    async function currentSecret(): Promise<Secret> {
      if (secret !== undefined) return secret;
      if (secretFile === '-') return secretIn(await (standardInput ??= read()), 'Standard input');
      const path = secretFile ?? '';
      const isSecret = context.allowWeakPermissions !== true;
      const bytes = await readCredentialFile({ path, content: 'the client secret', isSecret });
      return secretIn(bytes, `The file ${path}`, [path]);
    }

    return {
      kind: 'client-secret',
      async requestToken(request) {
        const { requestTokenByMsal } = await import('../msal/request-token.ts');
        return requestTokenByMsal(request, context, { secret: await currentSecret() });
      },
      async examine() {
        // Standard input can be read only once, and the token request needs it.
        if (secretFile === '-')
          return { message: 'The client secret will be read from standard input.', facts: {} };
        await currentSecret();
        const source = secretFile === undefined ? 'the settings' : `the file ${secretFile}`;
        return {
          message: `A client secret from ${source}; only the identity platform can check its value.`,
          facts: {},
        };
      },
      sealingSecret: async () => Buffer.from((await currentSecret()).reveal()),
      ...(secretFile === undefined || secretFile === '-'
        ? {}
        : { fingerprint: async () => fingerprintOf((await currentSecret()).reveal()) }),
    };
  },
});
