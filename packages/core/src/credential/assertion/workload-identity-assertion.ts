import { CredentialError } from '../../errors/credential-error.ts';
import type { CredentialContext } from '../strategy.ts';
import type { AssertionSource } from './assertion-source.ts';
import { fileAssertion } from './file-assertion.ts';

/**
 * Returns the source of the service account token that the Kubernetes workload identity webhook mounts into a pod.
 */
export function workloadIdentityAssertion({
  environment = process.env,
}: CredentialContext): AssertionSource {
  const path = environment['AZURE_FEDERATED_TOKEN_FILE'];
  if (path !== undefined && path !== '') return fileAssertion(path);
  return {
    name: 'Kubernetes workload identity',
    async read() {
      throw new CredentialError(
        'The pod has no workload identity: AZURE_FEDERATED_TOKEN_FILE is not set.',
        'Add the label azure.workload.identity/use: "true" to the pod, and the client ID annotation to its service account.',
      );
    },
  };
}
