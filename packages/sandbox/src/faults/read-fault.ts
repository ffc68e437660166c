import type { FaultKind, FaultParameters, When } from './fault.ts';
import { faultKinds, isFaultKind, type Fault } from './kinds.ts';

const whenKeys: readonly (keyof When)[] = ['on', 'path', 'nth', 'from', 'times', 'probability'];
const places = ['discovery', 'token', 'graph', 'managed-identity', 'other', 'any'];

const isNumber = (value: unknown): boolean => typeof value === 'number' && value >= 0;
const isText = (value: unknown): boolean => typeof value === 'string';
const isWhole = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;

/** What the values must be; parameters without a row take values of several types. */
const valueKinds: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  path: [isText, 'text'],
  nth: [(value) => [value].flat().every(isWhole), 'a whole number from 1, or a list of them'],
  from: [isWhole, 'a whole number from 1'],
  times: [isWhole, 'a whole number from 1'],
  probability: [(value) => isNumber(value) && (value as number) <= 1, 'a number from 0 to 1'],
  status: [
    (value) => isWhole(value) && (value as number) >= 200 && (value as number) <= 599,
    'an HTTP status from 200 to 599',
  ],
  body: [
    (value) => ['json', 'html', 'empty', 'huge'].includes(String(value)),
    'one of json, html, empty, huge',
  ],
  seconds: [isNumber, 'a number, 0 or more'],
  bytes: [isNumber, 'a number, 0 or more'],
  megabytes: [isNumber, 'a number, 0 or more'],
  count: [isNumber, 'a number, 0 or more'],
  share: [(value) => isNumber(value) && (value as number) <= 1, 'a number from 0 to 1'],
};

/** @throws {TypeError} for the first value of another kind */
function requireKinds(
  values: Readonly<Record<string, unknown>>,
  choices: FaultKind['choices'] = {},
): void {
  for (const [name, value] of Object.entries(values)) {
    const words = choices[name as keyof FaultParameters];
    if (
      value !== undefined &&
      words !== undefined &&
      !words.includes((value ?? 'null') as string)
    ) {
      throw new TypeError(`${name} is one of ${words.join(', ')}, not ${JSON.stringify(value)}`);
    }
    const [fits, expected] = valueKinds[name] ?? [];
    if (value !== undefined && fits?.(value) === false) {
      throw new TypeError(`${name} is ${expected}, not ${JSON.stringify(value)}`);
    }
  }
}

/**
 * Checks a fault that came as data.
 * @throws {TypeError} naming what is wrong and what there is instead
 */
export function readFault(given: unknown): Fault {
  if (typeof given !== 'object' || given === null) throw new TypeError('a fault is an object');
  const { kind, ...rest } = given as Record<string, unknown>;
  if (typeof kind !== 'string' || !isFaultKind(kind))
    throw new TypeError(
      `no fault of kind "${String(kind)}"; there are ${Object.keys(faultKinds).join(', ')}`,
    );
  const kindOf: FaultKind = faultKinds[kind];
  const known: readonly string[] = [...whenKeys, ...kindOf.takes];
  for (const key of Object.keys(rest))
    if (!known.includes(key))
      throw new TypeError(`${kind} does not take "${key}"; it takes ${known.join(', ')}`);
  requireKinds(rest, kindOf.choices);
  const { on } = rest;
  if (on !== undefined && (typeof on !== 'string' || !places.includes(on)))
    throw new TypeError(`on is one of ${places.join(', ')}`);
  return { kind, ...rest };
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/**
 * Reads the form of a flag: `kind` or `kind:key=value,key=value`. Values are JSON if they can be, else text; a JSON
 * object is read whole.
 * @throws {TypeError}
 */
export function readFaultFlag(text: string): Fault {
  if (text.startsWith('{')) return readFault(readValue(text));
  const [kind = '', ...rest] = text.split(':');
  const pairs = rest.join(':').split(/,(?=[a-zA-Z]+=)/u);
  const parameters = pairs
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [key = '', ...value] = pair.split('=');
      // A delay of "3" is text in a header and a number nowhere else.
      return [key, key === 'retryAfter' ? value.join('=') : readValue(value.join('='))];
    });
  return readFault({ kind, ...Object.fromEntries(parameters) });
}
