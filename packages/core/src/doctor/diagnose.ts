import { DirectoryError } from '../errors/directory-error.ts';
import { exitCodeOf } from '../errors/exit-codes.ts';
import { SettingsError } from '../errors/settings-error.ts';
import { TokenRefusedError } from '../errors/token-refused-error.ts';
import type { NetworkProbe, Ports } from '../ports.ts';
import type { UserQuery } from '../query/user-query.ts';
import { systemClock } from '../system-clock.ts';
import type { Case, OpenTenant } from './step.ts';
import { stepNames, type StepName } from './step-names.ts';
import { steps } from './steps.ts';
import type { Verdict } from './verdict.ts';

export interface DiagnoseOptions {
  readonly signal?: AbortSignal | undefined;
  /** What is meant to be asked: its permissions are looked for, and its first user is read. */
  readonly query?: UserQuery | undefined;
  /** Ports to put in the place of the real ones. */
  readonly ports?: Partial<Ports> | undefined;
  readonly probe?: NetworkProbe | undefined;
}

/** A step that failed, in the words of the error. */
function failed(step: StepName, error: unknown, milliseconds: number): Verdict {
  const told = { step, verdict: 'failed', milliseconds, exitCode: exitCodeOf(error) } as const;
  // Only errors that were made to be read are shown; others may say anything.
  if (!(error instanceof DirectoryError))
    return {
      ...told,
      says: 'This step failed in a way it should not.',
      remedy: 'This is a mistake in Rollcall: please report it with the other lines.',
      code: 'E_INTERNAL',
    };
  const { message: says, hint, code, requestId } = error;
  const issues = error instanceof SettingsError ? error.issues : [];
  const isEmpty = issues.length > 1 && issues.every(({ source }) => source === 'nowhere');
  return {
    ...told,
    says,
    remedy: isEmpty
      ? 'Begin with `rollcall config init`: it writes a settings file to fill in.'
      : hint,
    code,
    requestId,
    aadsts: error instanceof TokenRefusedError ? error.aadsts : undefined,
    issues: issues.length > 1 ? issues : undefined,
  };
}

/**
 * Runs every step from the settings to the first user, in order, and yields one verdict per step. The steps after a failure
 * are not run.
 * @throws `signal.reason` when aborted; nothing else
 */
export async function* runSteps(
  open: OpenTenant,
  options: DiagnoseOptions,
): AsyncGenerator<Verdict, void, undefined> {
  const { signal, query, ports = {}, probe } = options;
  const { clock = systemClock } = ports;
  await using resources = new AsyncDisposableStack();
  const about: Case = { open, query, replaced: ports, probe, resources, signal, times: new Map() };
  let broken: StepName | undefined;
  for (const step of stepNames) {
    signal?.throwIfAborted();
    if (broken !== undefined) {
      const says = `Not tried, as ${broken} failed.`;
      yield { step, verdict: 'not-tried', says, milliseconds: null };
      continue;
    }
    const start = clock.monotonic();
    const since = (): number => Math.round(clock.monotonic() - start);
    try {
      const finding = await steps[step].examine(about);
      yield { step, ...finding, milliseconds: since() };
    } catch (error) {
      signal?.throwIfAborted();
      broken = step;
      yield failed(step, error, since());
    }
  }
}
