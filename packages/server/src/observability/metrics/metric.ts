import type { FieldValues } from '@rollcall/core';

import type { ServerEventName, serverEvents } from '../server-events.ts';

/** One value of a metric, with the values of its labels. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly value: number;
}

/** How an event changes a metric: the sample that its fields give, or undefined when they give none. */
export type SampleOf<Name extends ServerEventName> = (
  fields: FieldValues<(typeof serverEvents)[Name]['fields']>,
) => Sample | undefined;

/**
 * What happens to the value of a metric when a sample arrives.
 * `counter` and `upDownCounter` add it, `gauge` replaces it, `histogram` counts it in its bucket; `age` and `countdown`
 * replace it, and grow or fall with the time from then on.
 */
export type MetricKind = 'counter' | 'upDownCounter' | 'gauge' | 'histogram' | 'age' | 'countdown';

/** One metric that derives from events. Each label has a bounded number of values: a route is a pattern, not a path. */
export interface Metric {
  readonly kind: MetricKind;
  readonly help: string;
  readonly labels?: readonly string[] | undefined;
  /** Upper bounds of the buckets of a histogram. */
  readonly buckets?: readonly number[] | undefined;
  /** Milliseconds of one unit of an age or a countdown. */
  readonly unit?: number | undefined;
  readonly from: { readonly [Name in ServerEventName]?: SampleOf<Name> };
}
