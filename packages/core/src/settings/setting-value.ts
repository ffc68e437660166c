import { Secret } from '../secret.ts';

/**
 * The precedence of each source; the lowest number wins. `variable` is for `ROLLCALL_*`, `environment` for the
 * variables of Azure SDKs and of Microsoft's samples, and `platform` for those that the platform sets for every
 * program, such as `AZURE_FEDERATED_TOKEN_FILE` in a Kubernetes pod.
 */
export const precedences = {
  flag: 0,
  variable: 1,
  envFile: 2,
  configFile: 3,
  profile: 4,
  environment: 5,
  defaultProfile: 6,
  platform: 7,
} as const;

export type Precedence = (typeof precedences)[keyof typeof precedences];

/** An unchecked value from one source, under its name in the native form. */
export interface SettingValue {
  /** Dotted: `tenant`, `credential.secretFile`. */
  readonly path: string;
  /** A {@link Secret} where the setting is secret or unknown; see `createSealer`. */
  readonly value: unknown;
  /** `--tenant`, `AZURE_TENANT_ID`, `parameters.json:3:17`, `.env:2` … */
  readonly source: string;
  readonly precedence: Precedence;
  /** The directory that a relative path in the value starts from. */
  readonly directory: string;
  /** The credential strategy that the value belongs to, if the source determines it. */
  readonly kind?: string | undefined;
  /** Belongs to a credential but does not select one, such as a password. */
  readonly isSupplementary?: boolean | undefined;
}

/** Seals the value at a path of a settings object, unless the setting at that path is known not to be secret. */
export type Sealer = (path: string, value: unknown) => unknown;

/** Returns the value with the highest precedence; the first of several from the same source. */
export function highestPrecedence<Value extends Pick<SettingValue, 'precedence'>>(
  values: readonly Value[],
): Value | undefined {
  return values.reduce<Value | undefined>(
    (best, next) => (best === undefined || next.precedence < best.precedence ? next : best),
    undefined,
  );
}

/** Returns all values of one setting. */
export function valuesOf(values: readonly SettingValue[], path: string): readonly SettingValue[] {
  return values.filter((each) => each.path === path);
}

/** Returns a sealed value as text, for the check that needs it; other values unchanged. */
export function revealed(value: unknown): unknown {
  return value instanceof Secret ? value.reveal() : value;
}
