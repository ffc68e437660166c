import { DirectoryError } from '../errors/directory-error.ts';
import { exitCodeOf } from '../errors/exit-codes.ts';
import { type Remedy, remedyText } from '../errors/remedies.ts';
import { SettingsError } from '../errors/settings-error.ts';
import { TokenRefusedError } from '../errors/token-refused-error.ts';
import type { NetworkProbe, Ports } from '../ports.ts';
import type { UserQuery } from '../query/user-query.ts';
import { systemClock } from '../system-clock.ts';
import type { OpenTenant, Scenario } from './step.ts';
import { type StepName, stepNames } from './step-names.ts';
import { steps } from './steps.ts';
import type { StepResult, Verdict } from './verdict.ts';
import { createResourceStack } from '../resource-stack.ts';

export interface DiagnoseOptions {
  readonly signal?: AbortSignal | undefined;
  /** The query that will be sent later: its permissions are checked, and its first user is read. */
  readonly query?: UserQuery | undefined;
  /** Ports that replace the real ones. */
  readonly ports?: Partial<Ports> | undefined;
  readonly probe?: NetworkProbe | undefined;
}

function remedyFields(hint: string | Remedy): Pick<Verdict, 'hint' | 'remedy'> {
  const remedy: Remedy = typeof hint === 'string' ? { code: 'as-stated', text: hint } : hint;
  return { hint: remedyText(remedy), remedy };
}

function succeeded(step: StepName, { hint, ...result }: StepResult, milliseconds: number): Verdict {
  return { step, ...result, ...(hint === undefined ? {} : remedyFields(hint)), milliseconds };
}

/** The verdict on a step that failed, from its error. */
function failed(step: StepName, error: unknown, milliseconds: number): Verdict {
  const base = { step, verdict: 'failed', milliseconds, exitCode: exitCodeOf(error) } as const;
  // The message of any other error can contain a secret, so that it is not shown.
  if (!(error instanceof DirectoryError))
    return {
      ...base,
      message: 'This step failed unexpectedly.',
      ...remedyFields(
        'This is a bug in rollcall. Please report it with the output of this command.',
      ),
      code: 'E_INTERNAL',
    };
  const { message, remedy, code, requestId } = error;
  const issues = error instanceof SettingsError ? error.issues : [];
  const isEmpty = issues.length > 1 && issues.every(({ source }) => source === undefined);
  return {
    ...base,
    message,
    ...remedyFields(isEmpty ? { code: 'create-settings' } : remedy),
    code,
    requestId,
    aadsts: error instanceof TokenRefusedError ? error.aadsts : undefined,
    issues: issues.length > 1 ? issues : undefined,
  };
}

/**
 * Runs every step from the settings to the first user, in order, and yields one verdict per step. The steps after a
 * failure are not run.
 * @throws `signal.reason` when aborted; nothing else
 */
export async function* runSteps(
  open: OpenTenant,
  options: DiagnoseOptions,
): AsyncGenerator<Verdict, void, undefined> {
  const { signal, query, ports = {}, probe } = options;
  const { clock = systemClock } = ports;
  await using resources = createResourceStack();
  const scenario: Scenario = {
    open,
    query,
    replaced: ports,
    probe,
    resources,
    signal,
    latencies: new Map(),
  };
  let broken: StepName | undefined;
  for (const step of stepNames) {
    signal?.throwIfAborted();
    if (broken !== undefined) {
      const message = `Skipped: the step ${broken} failed.`;
      yield { step, verdict: 'not-run', message, milliseconds: null };
      continue;
    }
    const start = clock.monotonic();
    const since = (): number => Math.round(clock.monotonic() - start);
    try {
      const result = await steps[step].examine(scenario);
      yield succeeded(step, result, since());
    } catch (error) {
      signal?.throwIfAborted();
      broken = step;
      yield failed(step, error, since());
    }
  }
}
