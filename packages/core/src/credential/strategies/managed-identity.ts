import { z } from 'zod';

import { CredentialError } from '../../errors/credential-error.ts';
import { NetworkError } from '../../errors/network-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';
import type { HttpRequest } from '../../ports.ts';
import { atMostOne } from '../setting-choice.ts';
import { defineStrategy } from '../strategy.ts';

const id = z.string().min(1).optional();
const settings = z.strictObject({
  clientId: id.describe(
    "The user-assigned identity's client id; the system's own identity when no id is given",
  ),
  resourceId: id.describe("The user-assigned identity's resource id (/subscriptions/…)"),
  objectId: id.describe("The user-assigned identity's object id"),
});

/** The path of the Instance Metadata Service, whatever host stands in for it; MSAL ends it with a slash for those. */
const imds = /\/metadata\/identity\/oauth2\/token\/?$/u;
const probeTimeout = 1_000;

export const managedIdentity = defineStrategy({
  kind: 'managed-identity',
  describe: 'The identity that Azure gives the machine, app or container this runs on',
  settings,
  pathKeys: [],
  secretKeys: [],
  canSealTokens: 'never',
  tokensComeFrom: 'the platform that the program runs on',
  issues: (given) => atMostOne(given, ['clientId', 'resourceId', 'objectId']),
  createCredential({ clientId, resourceId, objectId }, context) {
    let answered = false;

    /**
     * Elsewhere than on Azure nobody has the metadata service's address, and a connection to it hangs. One request
     * without the `Metadata` header, which the service declines at once, tells within a second.
     */
    async function probe({ url, signal, direct }: HttpRequest): Promise<void> {
      if (answered || !imds.test(url.pathname)) return;
      try {
        const request = { method: 'GET', url, headers: {}, signal, direct } as const;
        await context.ports.dispatch({ ...request, timeout: probeTimeout });
        answered = true;
      } catch (error) {
        if (!(error instanceof NetworkError) && !(error instanceof TimeoutError)) throw error;
        throw new CredentialError(
          `There is no managed identity here: nothing answers at ${url.host} within a second.`,
          'Use it on Azure (VM, App Service, Container Apps, AKS …), or choose another credential: docs/credentials.md says which.',
          { cause: error },
        );
      }
    }

    return {
      kind: 'managed-identity',
      async requestToken(request) {
        const { requestManagedToken } = await import('../msal/request-managed-token.ts');
        const identity = {
          ...(clientId === undefined ? {} : { userAssignedClientId: clientId }),
          ...(resourceId === undefined ? {} : { userAssignedResourceId: resourceId }),
          ...(objectId === undefined ? {} : { userAssignedObjectId: objectId }),
        };
        return requestManagedToken(request, context, identity, probe);
      },
    };
  },
});
