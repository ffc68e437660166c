/** How strong a source is; the lower wins. `ambient` is what the platform sets for every program alike. */
export const ranks = { flag: 0, environment: 1, envFile: 2, file: 3, ambient: 4 } as const;

export type Rank = (typeof ranks)[keyof typeof ranks];

/** A value as its source gave it, under the name it has in the native form. Nothing is checked yet. */
export interface SettingValue {
  /** Dotted: `tenant`, `credential.secretFile`. */
  readonly path: string;
  readonly value: unknown;
  /** `--tenant`, `AZURE_TENANT_ID`, `parameters.json:3:17`, `.env:2` … */
  readonly source: string;
  readonly rank: Rank;
  /** What relative paths start from. */
  readonly folder: string;
  /** The credential strategy that the value belongs to, where its source says so. */
  readonly kind?: string | undefined;
  /** Goes along with a credential without being one: its password, its chain. */
  readonly accessory?: boolean | undefined;
}

/** The value that counts: of the highestPrecedence source, and there the first. */
export function highestPrecedence<Found extends Pick<SettingValue, 'rank'>>(
  found: readonly Found[],
): Found | undefined {
  return found.reduce<Found | undefined>(
    (best, next) => (best === undefined || next.rank < best.rank ? next : best),
    undefined,
  );
}

/** All values for one setting. */
export function valuesOf(found: readonly SettingValue[], path: string): readonly SettingValue[] {
  return found.filter((each) => each.path === path);
}
