import { readFile } from 'node:fs/promises';

import type { Parameters } from '../tenant.ts';
import type { SetUp } from './set-up.ts';

/** What only the identity platform and Graph can tell. */
export const atTheService: readonly SetUp[] = [
  {
    heading: 'An unknown tenant',
    async arrange({ parameters, tenant }) {
      const unknown = '99999999-2222-4333-8444-555555555555';
      await parameters({ authority: `${tenant.url}/${unknown}` });
      return {};
    },
  },
  {
    heading: 'The object id in place of the application id',
    async arrange({ parameters }) {
      await parameters({ client_id: '88888888-2222-4333-8444-555555555555' });
      return {};
    },
  },
  {
    heading: 'A wrong secret',
    async arrange({ parameters }) {
      await parameters({ secret: 'Wr0ng~canary.for+this/test' });
      return {};
    },
  },
  {
    heading: 'The secret ID in place of its value',
    async arrange({ parameters }) {
      await parameters({ secret: '77777777-2222-4333-8444-555555555555' });
      return {};
    },
  },
  {
    heading: 'An expired secret',
    fault: { kind: 'token-refused', reason: 'expiredSecret' },
    async arrange({ parameters }) {
      await parameters({});
      return {};
    },
  },
  {
    heading: 'The token endpoint is unavailable',
    fault: { kind: 'status', on: 'token', status: 503, body: 'html' },
    async arrange({ parameters }) {
      await parameters({});
      return {};
    },
  },
  {
    heading: 'A managed identity outside Azure',
    async arrange({ settings }) {
      await settings({ kind: 'managed-identity' });
      const noService = '127.0.0.1:9';
      return {
        env: { AZURE_POD_IDENTITY_AUTHORITY_HOST: `http://${noService}` },
        words: { [noService]: '169.254.169.254' },
      };
    },
  },
  {
    heading: 'Consent is missing',
    async arrange({ parameters, tenant }) {
      const given = await readFile(tenant.noConsentParameters, 'utf8');
      await parameters(JSON.parse(given) as Parameters);
      return {};
    },
  },
];
