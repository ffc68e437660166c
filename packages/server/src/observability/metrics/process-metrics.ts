import type { monitorEventLoopDelay } from 'node:perf_hooks';

import type { Sample } from './metric.ts';

export type EventLoopDelay = ReturnType<typeof monitorEventLoopDelay>;

/** One metric that is read from Node each time the metrics are requested. */
export interface ProcessMetric {
  readonly kind: 'counter' | 'gauge';
  readonly help: string;
  readonly labels?: readonly string[] | undefined;
  /** @param delay the delays of the event loop since the last reading, in nanoseconds */
  read(delay: EventLoopDelay): readonly Sample[];
}

const nanoseconds = 1e9;

/** Milliseconds between two looks at the event loop. */
export const resolution = 10;

/** Node counts from one look to the next: without a delay it measures the resolution. @returns seconds */
function lateness(interval: number): number {
  return Math.max(0, interval / nanoseconds - resolution / 1_000);
}

/**
 * Every metric of the process, with the names that other programs use. docs/reference/metrics.md has the same table.
 */
export const processMetrics = {
  rollcall_event_loop_delay_seconds: {
    kind: 'gauge',
    help: 'Delay of the event loop since the last request for metrics: median, 99th percentile, maximum.',
    labels: ['quantile'],
    read(delay) {
      const samples = [
        { labels: { quantile: '0.5' }, value: lateness(delay.percentile(50)) },
        { labels: { quantile: '0.99' }, value: lateness(delay.percentile(99)) },
        { labels: { quantile: '1' }, value: lateness(delay.max) },
      ];
      delay.reset();
      return samples;
    },
  },
  process_cpu_seconds_total: {
    kind: 'counter',
    help: 'Processor time of the process.',
    read() {
      const { user, system } = process.cpuUsage();
      return [{ value: (user + system) / 1e6 }];
    },
  },
  process_resident_memory_bytes: {
    kind: 'gauge',
    help: 'Resident memory of the process.',
    read: () => [{ value: process.memoryUsage.rss() }],
  },
  process_start_time_seconds: {
    kind: 'gauge',
    help: 'Start of the process, in seconds since 1970.',
    read: () => [{ value: Math.round(Date.now() / 1_000 - process.uptime()) }],
  },
  nodejs_heap_size_used_bytes: {
    kind: 'gauge',
    help: 'Used part of the JavaScript heap.',
    read: () => [{ value: process.memoryUsage().heapUsed }],
  },
} as const satisfies Readonly<Record<string, ProcessMetric>>;
