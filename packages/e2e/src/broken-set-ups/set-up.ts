import type { StartOptions } from '../processes.ts';
import type { Parameters, Tenant } from '../tenant.ts';

/** How the doctor is started in a set-up. */
export interface Arrangement {
  /** In place of `--ca` with the sandbox's authority. */
  readonly flags?: readonly string[] | undefined;
  readonly env?: StartOptions['env'];
  /** Addresses that differ from run to run, and the words that docs/doctor.md has for them. */
  readonly words?: Readonly<Record<string, string>> | undefined;
}

/** A folder of its own, in which the doctor is started, and what the set-ups need to fill it. */
export interface Place {
  readonly tenant: Tenant;
  /** The quickstart's `parameters.json`, changed; undefined takes a key away. */
  readonly parameters: (changes: Parameters) => Promise<void>;
  /** A `rollcall.json` for the application with a certificate, with this `credential`. */
  readonly settings: (credential: Readonly<Record<string, unknown>>) => Promise<void>;
  /** A file of the sandbox's folder. */
  readonly read: (name: string) => Promise<string>;
  readonly write: (name: string, text: string, mode?: number) => Promise<string>;
  /** What is closed when the doctor has been. */
  readonly resources: AsyncDisposableStack;
}

/** One way in which a set-up is, or is not, in order. */
export interface SetUp {
  /** The heading under which docs/doctor.md shows what the doctor says of it. */
  readonly heading: string;
  /** What goes wrong in the sandbox meanwhile, as its control port takes it. */
  readonly fault?: Readonly<Record<string, unknown>> | undefined;
  /** Why it cannot be tried on this machine. */
  readonly lacks?: string | undefined;
  readonly arrange: (place: Place) => Promise<Arrangement>;
}
