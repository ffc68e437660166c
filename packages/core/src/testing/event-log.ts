import { type EventName, events, type Log } from '../events.ts';
import { describeEvent, type LogLevel } from '../event-registry.ts';

export interface LoggedEvent {
  readonly level: LogLevel;
  readonly event: EventName;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

/** A log that keeps what it gets, and throws when an event or a field is not in the registry. */
export function createEventLog(): { readonly log: Log; readonly logged: LoggedEvent[] } {
  const logged: LoggedEvent[] = [];
  return {
    logged,
    log(event, given) {
      const { level, fields } = describeEvent(events, event, given);
      logged.push({ level, event, fields });
    },
  };
}
