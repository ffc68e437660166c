import type { AssertionSource } from '../assertion/assertion-source.ts';
import { azureDevopsAssertion } from '../assertion/azure-devops-assertion.ts';
import { checkAssertion, reportAssertion } from '../assertion/check-assertion.ts';
import { commandAssertion } from '../assertion/command-assertion.ts';
import { fileAssertion } from '../assertion/file-assertion.ts';
import { githubAssertion } from '../assertion/github-assertion.ts';
import { workloadIdentityAssertion } from '../assertion/workload-identity-assertion.ts';
import type { CredentialSettingsShape, StrategySettings } from '../credential-setting.ts';
import { fingerprintOf } from '../fingerprint-of.ts';
import { exactlyOne } from '../exclusive-settings.ts';
import { type CredentialContext, defineStrategy } from '../strategy.ts';

const settings = {
  file: {
    type: 'text',
    isPath: true,
    describe: 'File that contains the federated token; read again for every token request',
    variables: ['AZURE_FEDERATED_TOKEN_FILE'],
    // The workload identity webhook of Kubernetes sets it in every pod with a federated service account.
    isSetByPlatform: true,
    flag: {
      name: 'federated-token-file',
      argument: 'FILE',
      describe: 'File with the federated (OIDC) token',
    },
    whereToFind: 'Set it to the path of the file with the federated token.',
  },
  command: {
    type: 'list',
    describe: 'Program and arguments; the program prints the federated token',
  },
  github: { type: 'true', describe: 'Use the OIDC token of the GitHub Actions job' },
  azureDevops: {
    type: 'text',
    describe: 'ID of the Azure DevOps service connection whose OIDC token is used',
  },
  kubernetes: { type: 'true', describe: 'Use the workload identity of the Kubernetes pod' },
  audience: {
    type: 'text',
    describe: 'With github: audience of the token, if not api://AzureADTokenExchange',
  },
} as const satisfies CredentialSettingsShape;

type Given = StrategySettings<typeof settings>;

function openSource(given: Given, context: CredentialContext): AssertionSource {
  if (given.github === true) return githubAssertion(context, given.audience);
  if (given.azureDevops !== undefined) return azureDevopsAssertion(given.azureDevops, context);
  if (given.kubernetes === true) return workloadIdentityAssertion(context);
  const [program, ...parameters] = given.command ?? [];
  if (program !== undefined) return commandAssertion([program, ...parameters]);
  return fileAssertion(given.file ?? '');
}

export const federated = defineStrategy({
  kind: 'federated',
  describe: 'A token of another issuer that the application trusts, such as GitHub Actions',
  settings,
  clientId: 'required',
  canSealTokens: 'never',
  offers: [
    {
      name: 'federated, by file',
      variables: ['AZURE_FEDERATED_TOKEN_FILE'],
      settings: () => ({ kubernetes: true }),
    },
    {
      name: 'federated, by GitHub Actions',
      variables: ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
      settings: () => ({ github: true }),
    },
    {
      name: 'federated, by Azure DevOps',
      variables: [
        'SYSTEM_OIDCREQUESTURI',
        'SYSTEM_ACCESSTOKEN',
        'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID',
      ],
      settings: (environment) => ({
        azureDevops: environment['AZURESUBSCRIPTION_SERVICE_CONNECTION_ID'],
      }),
    },
  ],
  issues(given) {
    const sources = ['file', 'command', 'github', 'azureDevops', 'kubernetes'] as const;
    if (given.audience === undefined || given.github === true) return exactlyOne(given, sources);
    const hint = 'Remove audience; the other issuers define the audience themselves.';
    return [
      ...exactlyOne(given, sources),
      { key: 'audience', message: 'can only be used with github', hint },
    ];
  },
  createCredential(given, context) {
    const source = openSource(given, context);
    const files = given.file === undefined ? [] : [given.file];
    async function assertion(signal: AbortSignal | undefined): Promise<string> {
      const text = await source.read(signal);
      return checkAssertion(text, source.name, context.ports.clock.wall(), files);
    }
    return {
      kind: 'federated',
      async requestToken(request) {
        const { requestTokenByMsal } = await import('../msal/request-token.ts');
        const text = await assertion(request.signal);
        return requestTokenByMsal(request, context, { assertion: () => text });
      },
      examine: async (signal) =>
        reportAssertion(await assertion(signal), source.name, context.ports.clock.wall()),
      // Only a file can contain a different token later; the other sources request a new token every time.
      ...(given.file === undefined
        ? {}
        : { fingerprint: async () => fingerprintOf(await assertion(undefined)) }),
    };
  },
});
