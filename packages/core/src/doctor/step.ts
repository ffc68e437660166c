import type { Credential } from '../credential/credential.ts';
import type { ExternalSettings, Opened } from '../credential/external-settings.ts';
import type { Directory } from '../open-directory.ts';
import type { HttpResponse, NetworkProbe, Ports } from '../ports.ts';
import type { UserQuery } from '../query/user-query.ts';
import type { GivenSettings } from '../settings/parse-settings.ts';
import type { Settings } from '../settings/settings.ts';
import type { Hop, HopTimes } from './hops.ts';
import type { Finding } from './verdict.ts';

/** What was given: the settings, or how to get them. */
export type Given = Settings | GivenSettings | ExternalSettings;

/** A tenant that is open, and what lies on the way to it. */
export interface Examined {
  readonly place: Opened;
  /** Undefined where somebody else's credential was passed in. */
  readonly own: Settings | undefined;
  readonly credential: Credential;
  readonly directory: Directory;
  readonly ports: Ports;
  readonly probe: NetworkProbe;
  readonly hops: readonly Hop[];
}

/** What the steps look at, and what each leaves to those after it. */
export interface Case {
  readonly load: () => Given | Promise<Given>;
  readonly query: UserQuery | undefined;
  readonly replaced: Partial<Ports>;
  readonly probe: NetworkProbe | undefined;
  /** What has to be closed at the end. */
  readonly resources: AsyncDisposableStack;
  signal: AbortSignal | undefined;
  examined?: Examined;
  /** What the service said when it was asked for the time; undefined when there was no answer. */
  answer?: HttpResponse;
  /** Why there was none. */
  silence?: unknown;
  /** Null where the token is not one that can be read. */
  claims?: Readonly<Record<string, unknown>> | null;
  readonly times: Map<Hop['name'], HopTimes>;
}

/** One thing that must be right before a user can be read. */
export interface Step {
  /** @throws {DirectoryError} when it is not; its hint is the remedy */
  examine(about: Case): Promise<Finding>;
}

/** What an earlier step has found, as the order of the steps makes sure. */
export function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError('a step ran before the one it needs');
  return value;
}
