import { CredentialError } from '../../errors/credential-error.ts';
import { NetworkError } from '../../errors/network-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';
import type { HttpRequest } from '../../ports.ts';
import { atMostOne } from '../exclusive-settings.ts';
import { defineStrategy } from '../strategy.ts';

/** The path of the Instance Metadata Service (IMDS). MSAL appends a slash when the host is overridden. */
const imdsPath = /\/metadata\/identity\/oauth2\/token\/?$/u;
/** Milliseconds. */
const probeTimeout = 1_000;

export const managedIdentity = defineStrategy({
  kind: 'managed-identity',
  describe: 'The managed identity of the Azure VM, app or container that the program runs on',
  settings: {
    clientId: {
      type: 'text',
      describe: 'Client ID of a user-assigned identity; the system-assigned identity without an ID',
    },
    resourceId: {
      type: 'text',
      describe: 'Resource ID of a user-assigned identity (/subscriptions/…)',
    },
    objectId: { type: 'text', describe: 'Object ID of a user-assigned identity' },
  },
  clientId: 'optional',
  isPlatformIdentity: true,
  canSealTokens: 'never',
  tokensComeFrom: 'the platform that the program runs on',
  offers: [
    {
      name: 'managed-identity',
      variables: [],
      // As in DefaultAzureCredential: the configured application, or the system-assigned identity without one.
      settings: (_, { clientId }) => (clientId === '' ? {} : { clientId }),
    },
  ],
  issues: (given) => atMostOne(given, ['clientId', 'resourceId', 'objectId']),
  createCredential({ clientId, resourceId, objectId }, context) {
    let hasResponded = false;

    /**
     * Outside Azure the address of IMDS is not reachable, and a connection to it hangs. A request without the header
     * `Metadata` is rejected by IMDS at once, so that its absence is detected within a second.
     */
    async function probe({ url, signal, direct }: HttpRequest): Promise<void> {
      if (hasResponded || !imdsPath.test(url.pathname)) return;
      try {
        const request = { method: 'GET', url, headers: {}, signal, direct } as const;
        await context.ports.dispatch({ ...request, timeout: probeTimeout });
        hasResponded = true;
      } catch (error) {
        if (!(error instanceof NetworkError) && !(error instanceof TimeoutError)) throw error;
        throw new CredentialError(
          `No managed identity is available: ${url.host} did not respond within 1 second.`,
          'Run the program on Azure (VM, App Service, Container Apps, AKS …), or configure another kind of credential.',
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
