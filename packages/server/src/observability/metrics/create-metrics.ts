import { monitorEventLoopDelay } from 'node:perf_hooks';

import { Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { ServerLog } from '../server-events.ts';
import type { Metric, MetricKind, Sample } from './metric.ts';
import { metrics } from './metrics.ts';
import {
  processMetrics,
  resolution,
  type EventLoopDelay,
  type ProcessMetric,
} from './process-metrics.ts';

/** The metrics of one process, for `GET /metrics`. */
export interface Metrics extends Disposable {
  /** Returns a log that passes each event on to `log`, and changes the metrics that derive from the event. */
  observing(log: ServerLog): ServerLog;
  /** The metrics in the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

type Apply = (sample: Sample) => void;

interface Configuration {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  readonly registers: Registry[];
}

/** Registers one metric that derives from events. @returns what adds a sample to it */
type Register = (configuration: Configuration, metric: Metric, now: () => number) => Apply;

/** A value that grows or falls with the time since its last sample. */
const registerTimed: Register = (configuration, { kind, unit = 1 }, now) => {
  let last: { readonly at: number; readonly value: number } | undefined;
  const gauge = new Gauge({
    ...configuration,
    collect() {
      if (last === undefined) return;
      const passed = (now() - last.at) / unit;
      this.set(kind === 'age' ? last.value + passed : last.value - passed);
    },
  });
  // prom-client gives a gauge without labels the value 0; before the first event there is none.
  gauge.remove();
  return ({ value }) => {
    last = { at: now(), value };
  };
};

const kinds = {
  counter(configuration) {
    const counter = new Counter(configuration);
    return ({ labels = {}, value }) => counter.inc(labels, value);
  },
  upDownCounter(configuration) {
    const gauge = new Gauge(configuration);
    return ({ labels = {}, value }) => gauge.inc(labels, value);
  },
  gauge(configuration) {
    const gauge = new Gauge(configuration);
    return ({ labels = {}, value }) => gauge.set(labels, value);
  },
  histogram(configuration, { buckets = [] }) {
    const histogram = new Histogram({ ...configuration, buckets: [...buckets] });
    return ({ labels = {}, value }) => histogram.observe(labels, value);
  },
  age: registerTimed,
  countdown: registerTimed,
} satisfies Record<MetricKind, Register>;

/** Registers one metric that is read from Node for each response. */
function registerProcessMetric(
  configuration: Configuration,
  metric: ProcessMetric,
  delay: EventLoopDelay,
): void {
  if (metric.kind === 'counter') {
    const counter: Counter = new Counter({
      ...configuration,
      collect() {
        counter.reset();
        for (const { labels = {}, value } of metric.read(delay)) counter.inc(labels, value);
      },
    });
    return;
  }
  const gauge: Gauge = new Gauge({
    ...configuration,
    collect() {
      for (const { labels = {}, value } of metric.read(delay)) gauge.set(labels, value);
    },
  });
}

/**
 * Creates the metrics of a process. They derive from the events that the log gets; nothing is counted elsewhere.
 * @param now milliseconds that never go back
 */
export function createMetrics(now: () => number = () => performance.now()): Metrics {
  const registry = new Registry();
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  const configurationOf = (name: string, metric: Metric | ProcessMetric): Configuration => ({
    name,
    help: metric.help,
    labelNames: [...(metric.labels ?? [])],
    registers: [registry],
  });

  /** The changes of metrics by the name of the event. */
  const changes = new Map<string, ((fields: never) => void)[]>();
  for (const [name, metric] of Object.entries<Metric>(metrics)) {
    const apply = kinds[metric.kind](configurationOf(name, metric), metric, now);
    for (const [event, sampleOf] of Object.entries<(fields: never) => Sample | undefined>(
      metric.from,
    )) {
      const change = (fields: never): void => {
        const sample = sampleOf(fields);
        if (sample !== undefined) apply(sample);
      };
      changes.set(event, [...(changes.get(event) ?? []), change]);
    }
  }
  for (const [name, metric] of Object.entries<ProcessMetric>(processMetrics))
    registerProcessMetric(configurationOf(name, metric), metric, delay);

  return {
    observing: (log) => (event, fields) => {
      log(event, fields);
      for (const change of changes.get(event) ?? []) change(fields as never);
    },
    text: async () => registry.metrics(),
    contentType: registry.contentType,
    [Symbol.dispose]: () => void delay.disable(),
  };
}
