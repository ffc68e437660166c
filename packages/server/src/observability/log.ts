import { describeEvent, type LogLevel } from '@rollcall/core';
import { pino, type DestinationStream } from 'pino';

import { serverEvents, type ServerLog } from './server-events.ts';

/**
 * Creates a log that writes one JSON object per line: time in UTC, level, event, and exactly the fields that the
 * registry of events has for it, so that no user, URL, header or token reaches the log under a name of its own.
 */
export function createLog(destination: DestinationStream, level: LogLevel = 'info'): ServerLog {
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
  return (event, given) => {
    const { level: severity, fields } = describeEvent(serverEvents, event, given);
    logger[severity](fields, event);
  };
}
