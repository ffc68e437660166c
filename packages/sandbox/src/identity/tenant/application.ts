/** The application role of Microsoft Graph that reading users needs, and no more. */
export const userReadAll = 'User.Read.All';

export interface ApplicationSecret {
  readonly value: string;
  /** From then on the service answers 7000222. */
  readonly expires?: Date | undefined;
}

/** One registered federated credential: all three must match an assertion exactly. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  /** `api://AzureADTokenExchange` when absent. */
  readonly audience?: string | undefined;
}

/** An application as the tenant knows it: plain data, so that a test can register its own. */
export interface Application {
  readonly clientId: string;
  readonly displayName: string;
  /** Of its service principal: `oid` and `sub` in its tokens. */
  readonly objectId: string;
  readonly secrets?: readonly ApplicationSecret[] | undefined;
  /** X.509 certificates, PEM. */
  readonly certificates?: readonly string[] | undefined;
  readonly federated?: readonly FederatedCredential[] | undefined;
  /** Application roles that an administrator consented to. A token is issued without any, as Entra does. */
  readonly roles?: readonly string[] | undefined;
  readonly disabled?: boolean | undefined;
  /** A Conditional Access policy for workload identities blocks it: 53003, after its credential was accepted. */
  readonly blockedByConditionalAccess?: boolean | undefined;
  /** The machine's own identity, or one that was assigned to it by hand. It has no credential of its own. */
  readonly managedIdentity?: 'system' | { readonly resourceId: string } | undefined;
}

export interface Applications {
  find(clientId: string): Application | undefined;
  /** Adds one, or replaces the one of the same `clientId`. */
  register(application: Application): void;
  list(): readonly Application[];
}

/** Returns the registrations of the tenant, which are found by client ID in any case. */
export function createApplications(initial: readonly Application[]): Applications {
  const byId = new Map<string, Application>();
  const register = (application: Application): void => {
    byId.set(application.clientId.toLowerCase(), application);
  };
  for (const application of initial) register(application);
  return {
    find: (clientId) => byId.get(clientId.toLowerCase()),
    register,
    list: () => [...byId.values()],
  };
}
