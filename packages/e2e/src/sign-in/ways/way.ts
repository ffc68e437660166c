import type { JournalEntry } from '../../tenant.ts';

/** What the sandbox saw of the proof by which a token was asked for. */
export type Seen = Pick<JournalEntry, 'clientId' | 'credential' | 'assertion'>;

/** One way to give Rollcall a credential, and what the service must then see. */
export interface Way {
  readonly name: string;
  readonly kind: string;
  /** Of the settings file; absent where the platform alone knows it. */
  readonly clientId?: string | undefined;
  /** `credential` of a settings file in the native form, without its kind; no such key when absent. */
  readonly credential?: Readonly<Record<string, unknown>> | undefined;
  /** In place of the settings file that is made of the above. */
  readonly config?: string | undefined;
  readonly flags?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly stdin?: string | undefined;
  readonly seen: Seen;
  /** Why it cannot be tried on this machine. */
  readonly lacks?: string | undefined;
}

/** What the control port says of the tenant. */
export interface Platforms {
  readonly federatedClient: {
    readonly clientId: string;
    readonly issuer: string;
    readonly subject: string;
  };
  readonly pipelines: {
    readonly github: { readonly url: string; readonly token: string };
    readonly azureDevops: {
      readonly url: string;
      readonly token: string;
      readonly serviceConnection: string;
    };
  };
  readonly managedIdentity: {
    readonly imds: string;
    readonly appService: { readonly endpoint: string; readonly header: string };
    readonly system: { readonly clientId: string };
    readonly user: {
      readonly clientId: string;
      readonly objectId: string;
      readonly resourceId: string;
    };
  };
}

/** Where files of a tenant's folder are. */
export type At = (name: string) => string;
