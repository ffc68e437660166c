import { SettingsError, type SettingsIssue } from '../errors/settings-error.ts';
import type { LoadOptions } from './load-options.ts';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether each value is text or absent, as in `process.env`. */
function isEnvironment(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every((each) => each === undefined || typeof each === 'string')
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

const checks: {
  readonly [Name in keyof Required<LoadOptions>]: readonly [(value: unknown) => boolean, string];
} = {
  flags: [isRecord, 'must be an object of flags'],
  environment: [isEnvironment, 'must be an object of texts, such as process.env'],
  cwd: [isText, 'must be the path of a directory'],
  userConfigFile: [isText, 'must be the path of a file'],
};

function issueOf(path: string, message: string): SettingsIssue {
  const hint = `The options are ${Object.keys(checks).join(', ')}.`;
  return { path, source: 'options', message, hint };
}

/**
 * Checks the options that a JavaScript program passes to `loadSettings`.
 * @throws {SettingsError} with every problem
 */
export function checkLoadOptions(options: unknown): void {
  if (!isRecord(options)) throw new SettingsError([issueOf('options', 'must be an object')]);
  const issues = Object.entries(options).flatMap(([name, value]) => {
    if (!Object.hasOwn(checks, name)) return [issueOf(name.slice(0, 40), 'unknown option')];
    const [accepts, message] = checks[name as keyof LoadOptions];
    return value === undefined || accepts(value) ? [] : [issueOf(name, message)];
  });
  if (issues.length > 0) throw new SettingsError(issues);
}
