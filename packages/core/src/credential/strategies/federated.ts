import { z } from 'zod';

import type { AssertionSource } from '../assertion/assertion-source.ts';
import { azureDevopsAssertion } from '../assertion/azure-devops-assertion.ts';
import { checkAssertion, reportAssertion } from '../assertion/check-assertion.ts';
import { commandAssertion } from '../assertion/command-assertion.ts';
import { fileAssertion } from '../assertion/file-assertion.ts';
import { githubAssertion } from '../assertion/github-assertion.ts';
import { workloadIdentityAssertion } from '../assertion/workload-identity-assertion.ts';
import { proofIdOf } from '../proof-id.ts';
import { exactlyOne } from '../setting-choice.ts';
import { defineStrategy, type CredentialContext } from '../strategy.ts';

const settings = z.strictObject({
  file: z.string().min(1).optional().describe('A file with the assertion; read anew at each use'),
  command: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('A program and its arguments; prints the assertion'),
  github: z.literal(true).optional().describe('The token of the GitHub Actions job'),
  azureDevops: z
    .string()
    .min(1)
    .optional()
    .describe('The id of the Azure DevOps service connection whose token to use'),
  kubernetes: z.literal(true).optional().describe('The workload identity of the pod'),
  audience: z
    .string()
    .min(1)
    .optional()
    .describe("For github: the assertion's audience, where it is not Entra's own"),
});

type Given = z.output<typeof settings>;

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
  describe: 'A token of another issuer that the application trusts: Kubernetes, GitHub Actions …',
  settings,
  pathKeys: ['file'],
  secretKeys: [],
  canSealTokens: 'never',
  issues(given) {
    const sources = ['file', 'command', 'github', 'azureDevops', 'kubernetes'] as const;
    if (given.audience === undefined || given.github === true) return exactlyOne(given, sources);
    const hint = 'Remove it; the other issuers fix the audience themselves.';
    return [
      ...exactlyOne(given, sources),
      { key: 'audience', message: 'audience needs github', hint },
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
      // A file changes under us; the other sources make a new assertion for every request anyway.
      ...(given.file === undefined
        ? {}
        : { proofId: async () => proofIdOf(await assertion(undefined)) }),
    };
  },
});
