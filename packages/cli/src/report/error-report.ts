import { safeText } from '@rollcall/core/command-line';

import { hintOf, type Hinted } from './remedies.ts';
import type { Console, Notice } from '../terminal/console.ts';

/** The fields that core's errors and those of the command have in common. An error without them is a bug. */
interface Reportable extends Error, Hinted {
  readonly code: string;
  readonly category: string;
  readonly requestId?: string | undefined;
  readonly clientRequestId?: string | undefined;
  readonly attempts?: number | undefined;
  readonly issues?: readonly Issue[] | undefined;
  /** The AADSTS number of the identity platform, which people search the web for. */
  readonly aadsts?: number | undefined;
  toJSON?(): Record<string, unknown>;
}

/** A setting with its source, or a part of a query. */
interface Issue extends Hinted {
  readonly path?: string | undefined;
  readonly source?: string | undefined;
  readonly part?: string | undefined;
  readonly message: string;
}

function isReportable(error: unknown): error is Reportable {
  return (
    error instanceof Error &&
    'code' in error &&
    'category' in error &&
    'hint' in error &&
    typeof error.hint === 'string'
  );
}

/** Code, ids and cause of an error. */
function details(error: Reportable): string {
  const { cause, requestId, clientRequestId, attempts, aadsts } = error;
  const facts = [
    error.code,
    ...(aadsts === undefined ? [] : [`AADSTS${aadsts}`]),
    ...(attempts === undefined || attempts < 2 ? [] : [`after ${attempts} attempts`]),
    ...(requestId === undefined ? [] : [`request ${requestId}`]),
    ...(clientRequestId === undefined ? [] : [`client request ${clientRequestId}`]),
  ].join(', ');
  return cause instanceof Error && cause.message !== '' && !error.message.includes(cause.message)
    ? `${cause.message} (${facts})`
    : facts;
}

function issueLines(console: Console, issue: Issue): string[] {
  const { path, source, part = '' } = issue;
  const origin = source === undefined ? '' : ` ${console.paint('faint', `(${safeText(source)})`)}`;
  return [
    `  ${console.paint('strong', safeText(path ?? part))}${origin}`,
    `    ${safeText(issue.message)}`,
    `    ${console.paint('good', '→')} ${safeText(hintOf(issue))}`,
  ];
}

function forPeople(console: Console, error: Reportable): string {
  const { issues = [] } = error;
  const title = error.code === 'E_SETTINGS' ? 'Invalid configuration' : 'Invalid query';
  const count = issues.length === 1 ? '' : ` (${issues.length} errors)`;
  const headline = issues.length > 0 ? `${title}${count}` : error.message;
  return [
    `${console.paint('error', 'error:')} ${safeText(headline)}`,
    ...issues.flatMap((issue) => issueLines(console, issue)),
    `  ${console.paint('strong', 'code:')} ${safeText(details(error))}`,
    `  ${console.paint('strong', 'hint:')} ${safeText(hintOf(error))}`,
  ].join('\n');
}

/**
 * Describes an error that no part of the program throws on purpose. Its message can contain a secret, so that only its
 * name and code are shown.
 */
function internalError(error: unknown): Reportable {
  const { name = typeof error, code } = (error ?? {}) as { name?: string; code?: unknown };
  const what = typeof code === 'string' ? `${name}, ${code}` : name;
  return Object.assign(new Error(`rollcall failed unexpectedly (${what}).`), {
    code: 'E_INTERNAL',
    category: 'internal',
    hint: 'This is a bug in rollcall. Please report it with the command line and this message.',
  });
}

/** Reports anything that was thrown: what happened, its code and ids, and what to do next. */
export function errorReport(console: Console, thrown: unknown): Notice {
  const error = isReportable(thrown) ? thrown : internalError(thrown);
  const { code, category, message } = error;
  const hint = hintOf(error);
  return {
    level: 'error',
    event: 'error',
    text: forPeople(console, error),
    facts: { code, category, message, ...error.toJSON?.(), hint },
  };
}
