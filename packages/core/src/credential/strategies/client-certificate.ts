import { z } from 'zod';

import { loadCertificate } from '../certificate/load-certificate.ts';
import { reportCertificate } from '../certificate/report-certificate.ts';
import { signAssertion } from '../certificate/sign-assertion.ts';
import { warnBeforeExpiry } from '../certificate/warn-before-expiry.ts';
import { proofIdOf } from '../proof-id.ts';
import { atMostOne, exactlyOne } from '../setting-choice.ts';
import { defineStrategy } from '../strategy.ts';

const settings = z.strictObject({
  file: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A PEM or PFX file with the private key and, unless thumbprint is given, the certificate',
    ),
  content: z
    .string()
    .min(1)
    .optional()
    .describe('The same file as text: PEM, or base64 of a PEM or PFX file'),
  certificateFile: z
    .string()
    .min(1)
    .optional()
    .describe('A PEM file with the certificate, when file holds the key alone'),
  certificate: z.string().min(1).optional().describe('The certificate as PEM text'),
  password: z.string().optional().describe('What the key or the PFX file is encrypted with'),
  passwordFile: z.string().min(1).optional().describe('A file that holds the password'),
  thumbprint: z
    .string()
    .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/iu, 'must be 40 (SHA-1) or 64 (SHA-256) hex digits')
    .optional()
    .describe(
      'Of the registered certificate, in hex; needed only when the certificate is not at hand',
    ),
  algorithm: z
    .enum(['PS256', 'RS256'])
    .optional()
    .describe('How the assertion is signed; PS256, or RS256 when thumbprint is SHA-1'),
  sendChain: z
    .boolean()
    .optional()
    .describe('Send the certificates along (x5c), for trust by subject name and issuer'),
});

export const clientCertificate = defineStrategy({
  kind: 'client-certificate',
  describe: 'A certificate whose public half is registered with the application',
  settings,
  pathKeys: ['file', 'certificateFile', 'passwordFile'],
  secretKeys: ['content', 'password'],
  canSealTokens: 'always',
  issues(given) {
    return [
      ...exactlyOne(given, ['file', 'content']),
      ...atMostOne(given, ['certificate', 'certificateFile']),
      ...atMostOne(given, ['password', 'passwordFile']),
    ];
  },
  createCredential(given, context) {
    return {
      kind: 'client-certificate',
      examine: async () =>
        reportCertificate(await loadCertificate(given, context), context.ports.clock.wall()),
      sealingProof: async () => {
        const { key } = await loadCertificate(given, context);
        return key.export({ type: 'pkcs8', format: 'der' });
      },
      proofId: async () => {
        const { key, thumbprint } = await loadCertificate(given, context);
        return proofIdOf(key.export({ type: 'pkcs8', format: 'der' }), JSON.stringify(thumbprint));
      },
      async requestToken(request) {
        const { requestTokenByMsal } = await import('../msal/request-token.ts');
        const certificate = await loadCertificate(given, context);
        warnBeforeExpiry(certificate, context);
        return requestTokenByMsal(request, context, {
          assertion: (audience) =>
            signAssertion(certificate, {
              audience,
              clientId: context.clientId,
              now: context.ports.clock.wall(),
            }),
        });
      },
    };
  },
});
