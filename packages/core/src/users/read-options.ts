import { QueryError, type QueryIssue } from '../errors/query-error.ts';
import { nearestName } from '../nearest-name.ts';

interface Kind {
  readonly accepts: (value: unknown) => boolean;
  readonly expected: string;
}

const duration: Kind = {
  accepts: (value) => typeof value === 'number' && value > 0,
  expected: 'a positive number of milliseconds',
};
const object: Kind = {
  accepts: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  expected: 'an object',
};
/** Checked where it is used, with its own message. */
const unchecked: Kind = { accepts: () => true, expected: 'anything' };

/** The options that every call has. */
const common = {
  signal: { accepts: (value) => value instanceof AbortSignal, expected: 'an AbortSignal' },
  deadline: duration,
  maxRetryAfter: duration,
} satisfies Record<string, Kind>;

/** The options of single operations. */
const others = {
  select: unchecked,
  expand: unchecked,
  link: unchecked,
  parallel: unchecked,
  resume: object,
} satisfies Record<string, Kind>;

export type OptionName = keyof typeof others;

function issueOf(name: string, value: unknown, known: Readonly<Record<string, Kind>>) {
  if (value === undefined) return [];
  const kind = Object.hasOwn(known, name) ? known[name] : undefined;
  if (kind?.accepts(value) === true) return [];
  const names = Object.keys(known);
  const nearest = nearestName(name, names);
  const issue: QueryIssue =
    kind === undefined
      ? {
          part: name.slice(0, 40),
          message: 'unknown option',
          hint:
            nearest === undefined
              ? `The options are ${names.join(', ')}.`
              : `Did you mean ${nearest}?`,
        }
      : {
          part: name,
          message: `must be ${kind.expected}`,
          hint: 'Correct the type of the option.',
        };
  return [issue];
}

/**
 * Checks the options of a call that a JavaScript program passes.
 * @param allowed the options that the operation has in addition to `signal`, `deadline` and `maxRetryAfter`
 * @throws {QueryError} with every problem: an unknown option would otherwise have no effect without a warning
 */
export function readOptions<Options extends object>(
  given: Options | undefined,
  allowed: readonly OptionName[] = [],
): Options {
  const value: unknown = given === undefined ? {} : given;
  if (!object.accepts(value))
    throw new QueryError([
      { part: 'options', message: 'must be an object', hint: 'Pass an object such as { signal }.' },
    ]);
  const known: Readonly<Record<string, Kind>> = {
    ...common,
    ...Object.fromEntries(allowed.map((name) => [name, others[name]])),
  };
  const issues = Object.entries(value as object).flatMap(([name, each]) =>
    issueOf(name, each, known),
  );
  if (issues.length > 0) throw new QueryError(issues);
  return value as Options;
}
