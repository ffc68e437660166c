import { isBoundary, type ShardProperty } from './shard.ts';

/** The properties that are read of the users of a sample. */
export const sampledProperties = ['id', 'createdDateTime', 'userPrincipalName'] as const;

/** A user of the sample, as the service returned it. */
export type SampledUser = Readonly<Partial<Record<ShardProperty, unknown>>>;

/** What the first page of a listing shows about the values of a property. */
export interface SampledValues {
  /** Sorted by code unit; equal values are repeated. */
  readonly values: readonly string[];
  /** The share of the users without a value, or with one that cannot be a boundary. */
  readonly withoutValue: number;
  /** The share of the most frequent value. */
  readonly mostFrequent: number;
}

/** Names are compared without case, as Entra does. */
function normalized(property: ShardProperty, value: string): string {
  return property === 'userPrincipalName' ? value.toLowerCase() : value;
}

export function valuesOf(property: ShardProperty, users: readonly SampledUser[]): SampledValues {
  const values = users
    .map((user) => user[property])
    .filter((value) => isBoundary(property, value))
    .map((value) => normalized(property, value))
    .toSorted((a, b) => (a < b ? -1 : a === b ? 0 : 1));
  const numbers = new Map<string, number>();
  for (const value of values) numbers.set(value, (numbers.get(value) ?? 0) + 1);
  const share = (number: number): number => (users.length === 0 ? 0 : number / users.length);
  return {
    values,
    withoutValue: share(users.length - values.length),
    mostFrequent: share(Math.max(0, ...numbers.values())),
  };
}

/**
 * Returns at most `parts - 1` values that divide the sorted values into parts of the same size.
 * @param between returns a boundary between two neighbouring values of the sample
 */
export function quantiles(
  sorted: readonly string[],
  parts: number,
  between: (value: string, next: string) => string,
): string[] {
  const found = new Set<string>();
  for (let part = 1; part < parts; part += 1) {
    const value = sorted[Math.floor((part * sorted.length) / parts)];
    const next = sorted.find((each) => value !== undefined && each > value);
    if (value !== undefined && next !== undefined) found.add(between(value, next));
  }
  return [...found];
}
