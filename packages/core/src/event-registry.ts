export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a field holds, with its unit. `?` marks a field that can be absent. */
export type FieldKind =
  | 'text'
  | 'flag'
  | 'count'
  | 'bytes'
  | 'milliseconds'
  | 'seconds'
  | 'days'
  | 'resourceUnits';

export type FieldKinds = Readonly<Record<string, FieldKind | `${FieldKind}?`>>;

type ValueOf<Kind extends string> = Kind extends 'text'
  ? string
  : Kind extends 'flag'
    ? boolean
    : number;

/** The values of one event's fields: plain on purpose, so that no token, header bag or settings object fits. */
export type FieldValues<Kinds extends FieldKinds> = {
  readonly [Name in keyof Kinds as Kinds[Name] extends `${string}?` ? never : Name]: ValueOf<
    Kinds[Name]
  >;
} & {
  readonly [Name in keyof Kinds as Kinds[Name] extends `${string}?` ? Name : never]?:
    | (Kinds[Name] extends `${infer Kind}?` ? ValueOf<Kind> : never)
    | undefined;
};

export interface EventDefinition<Kinds extends FieldKinds = FieldKinds> {
  readonly level: LogLevel | ((fields: FieldValues<Kinds>) => LogLevel);
  readonly fields: Kinds;
  /** One sentence or phrase for a person, units included. */
  readonly text: (fields: FieldValues<Kinds>) => string;
}

/**
 * Defines one event; keeps the types of its fields.
 *
 * @example
 * defineEvent({ level: 'info', fields: { port: 'count' }, text: ({ port }) => `Listening on port ${port}` })
 */
export function defineEvent<const Kinds extends FieldKinds>(
  definition: EventDefinition<Kinds>,
): EventDefinition<Kinds> {
  return definition;
}

/** A registry of events. The parameter of `text` differs from event to event; `never` accepts all of them. */
export type EventRegistry = Readonly<
  Record<
    string,
    Omit<EventDefinition, 'level' | 'text'> & {
      readonly level: LogLevel | ((fields: never) => LogLevel);
      readonly text: (fields: never) => string;
    }
  >
>;

/** A logger for the events of one registry. */
export type LogFor<Registry extends EventRegistry> = <Name extends keyof Registry & string>(
  event: Name,
  fields: FieldValues<Registry[Name]['fields']>,
) => void;

/** One event as a front end prints it. */
export interface DescribedEvent {
  readonly level: LogLevel;
  readonly text: string;
  /** In the order of the registry, without absent ones. */
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Returns level, sentence and fields of one event.
 * @throws {RangeError} when the event is not in the registry, or a field is not one of the event's
 *
 * @example
 * const log: Log = (name, fields) => console.error(describeEvent(events, name, fields).text);
 * await using directory = await openDirectory(settings, { log });
 */
export function describeEvent<Registry extends EventRegistry, Name extends keyof Registry & string>(
  registry: Registry,
  name: Name,
  given: FieldValues<Registry[Name]['fields']>,
): DescribedEvent {
  const definition = Object.hasOwn(registry, name) ? registry[name] : undefined;
  if (definition === undefined) throw new RangeError(`The event ${name} is not registered.`);
  const values = given as Readonly<Record<string, string | number | boolean | undefined>>;
  for (const field of Object.keys(values))
    if (!Object.hasOwn(definition.fields, field))
      throw new RangeError(`The event ${name} has no field ${field}.`);
  const fields = Object.fromEntries(
    Object.keys(definition.fields).flatMap((field) => {
      const value = values[field];
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
  const { level, text } = definition;
  return {
    level: typeof level === 'string' ? level : level(given as never),
    text: text(given as never),
    fields,
  };
}
