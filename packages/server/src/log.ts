import type { Log } from '@rollcall/core';
import { pino, type DestinationStream } from 'pino';

/**
 * The fields that may reach the log, ours and core's. An allow-list: a field somebody adds elsewhere is silent until it
 * is listed here, so no user, URL, header or token can slip in by its own name.
 */
const allowed = new Set([
  'attempt',
  'attempts',
  'category',
  'code',
  'complete',
  'failure',
  'host',
  'method',
  'milliseconds',
  'port',
  'requestId',
  'route',
  'secondsLeft',
  'signal',
  'status',
  'upstreamRequestId',
  'users',
  'wait',
  'when',
  'why',
]);

/** One JSON object a line: time in UTC, level, event, and the fields that are allowed. */
export function createLog(destination: DestinationStream, level = 'info'): Log {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return (severity, event, fields = {}) => {
    logger[severity](
      Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name))),
      event,
    );
  };
}
