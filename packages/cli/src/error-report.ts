import type { Console, Notice } from './terminal/console.ts';
import { printable } from './terminal/printable.ts';

/** The fields that core's errors and our own have in common; anything else thrown is a mistake of ours. */
interface Reportable extends Error {
  readonly code: string;
  readonly category: string;
  readonly hint: string;
  readonly requestId?: string | undefined;
  readonly clientRequestId?: string | undefined;
  readonly attempts?: number | undefined;
  readonly issues?: readonly Issue[] | undefined;
  /** The identity platform's number: people search the web for it. */
  readonly aadsts?: number | undefined;
  toJSON?(): Record<string, unknown>;
}

/** A setting with its place, or a part of a query. */
interface Issue {
  readonly path?: string | undefined;
  readonly source?: string | undefined;
  readonly part?: string | undefined;
  readonly message: string;
  readonly hint: string;
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

/** What is known of the reason, most telling first. */
function why(error: Reportable): string {
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
  const place = source === undefined ? '' : ` ${console.paint('faint', `(${printable(source)})`)}`;
  return [
    `  ${console.paint('strong', printable(path ?? part))}${place}`,
    `    ${printable(issue.message)}`,
    `    ${console.paint('good', '→')} ${printable(issue.hint)}`,
  ];
}

function forPeople(console: Console, error: Reportable): string {
  const { issues = [] } = error;
  const [headline] = issues.length > 0 ? error.message.split(': ', 1) : [error.message];
  return [
    `${console.paint('error', 'error:')} ${printable(headline ?? error.message)}`,
    ...issues.flatMap((issue) => issueLines(console, issue)),
    `  ${console.paint('strong', 'why: ')} ${printable(why(error))}`,
    `  ${console.paint('strong', 'next:')} ${printable(error.hint)}`,
  ].join('\n');
}

/**
 * Something that no part of the program meant to throw. Its message may hold anything, so only its name and
 * code are shown.
 */
function mistakeOfOurs(error: unknown): Reportable {
  const { name = typeof error, code } = (error ?? {}) as { name?: string; code?: unknown };
  const what = typeof code === 'string' ? `${name}, ${code}` : name;
  return Object.assign(new Error(`rollcall failed in a way it should not (${what}).`), {
    code: 'E_INTERNAL',
    category: 'internal',
    hint: 'This is a mistake in rollcall: please report it with the command line and this message.',
  });
}

/** @returns what to say of anything thrown: what happened, why, and what to do next */
export function errorReport(console: Console, thrown: unknown): Notice {
  const error = isReportable(thrown) ? thrown : mistakeOfOurs(thrown);
  const { code, category, message, hint } = error;
  return {
    level: 'error',
    event: 'error',
    text: forPeople(console, error),
    facts: { code, category, message, hint, ...error.toJSON?.() },
  };
}
