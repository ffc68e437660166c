import { docsPageOf, portalPageOf } from './error-links.ts';
import { type Hinted, hintText, type RemedyTexts } from '../errors/remedies.ts';
import { safeText } from '../safe-text.ts';

/** An error as a program reports it on stderr before it ends. */
export interface ErrorReport {
  /**
   * For people: what happened, `cause:`, `code:` with IDs, `hint:`, and links, each on its own line; no line feed at
   * the end.
   */
  readonly text: string;
  /** The same for programs: `code`, `category`, `message`, `hint`, `docs` and the facts of the error. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface ErrorReportOptions {
  /** The name of the program, for errors that are bugs in it. */
  readonly program: string;
  /** The wordings of the front end for remedies. */
  readonly remedies?: RemedyTexts;
  /** Adds colors to a part of the text; without it, the text has no colors. */
  readonly paint?: (tone: 'error' | 'good' | 'strong' | 'faint', text: string) => string;
}

/** The fields that core's errors and those of front ends have in common. An error without them is a bug. */
interface Reportable extends Error, Hinted {
  readonly code: string;
  readonly category: string;
  readonly requestId?: string | undefined;
  readonly clientRequestId?: string | undefined;
  readonly attempts?: number | undefined;
  readonly issues?: readonly Issue[] | undefined;
  /** The AADSTS number of the identity platform, which people search the web for. */
  readonly aadsts?: number | undefined;
  readonly adminConsentUrl?: string | undefined;
  toJSON?(): Record<string, unknown>;
}

/** A problem of a setting, with its source, or of a part of a query. */
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

/**
 * Describes an error that no part of the program throws on purpose. Its message can contain a secret, so that only its
 * name and code are shown.
 */
function internalError(error: unknown, program: string): Reportable {
  const { name = typeof error, code } = (error ?? {}) as { name?: string; code?: unknown };
  const what = typeof code === 'string' ? `${name}, ${code}` : name;
  return Object.assign(new Error(`${program} failed unexpectedly (${what}).`), {
    code: 'E_INTERNAL',
    category: 'internal',
    hint: `This is a bug in ${program}. Please report it with the command line and this message.`,
  });
}

/** Returns the code and the IDs of an error. */
function details(error: Reportable): string {
  const { requestId, clientRequestId, attempts, aadsts } = error;
  return [
    error.code,
    ...(aadsts === undefined ? [] : [`AADSTS${aadsts}`]),
    ...(attempts === undefined || attempts < 2 ? [] : [`after ${attempts} attempts`]),
    ...(requestId === undefined ? [] : [`request ${requestId}`]),
    ...(clientRequestId === undefined ? [] : [`client request ${clientRequestId}`]),
  ].join(', ');
}

/** Returns what the cause of an error says, unless the message of the error contains it. */
function causeOf({ cause, message }: Reportable): string | undefined {
  return cause instanceof Error && cause.message !== '' && !message.includes(cause.message)
    ? cause.message
    : undefined;
}

/**
 * Returns the first line of a report. The message of an error with issues repeats them, so that a title replaces it.
 *
 * @example
 * headline({ message: 'tenant: required', issues: [{ path: 'tenant' }, { path: 'clientId' }] });
 * // 'Invalid configuration (2 errors)'
 */
export function headline({
  message,
  issues = [],
}: {
  readonly message: string;
  /** Issues of settings have a `path`, those of queries do not. */
  readonly issues?: readonly { readonly path?: string | undefined }[] | undefined;
}): string {
  if (issues.length === 0) return message;
  const ofSettings = issues.some(({ path }) => path !== undefined);
  const title = ofSettings ? 'Invalid configuration' : 'Invalid query';
  return issues.length === 1 ? title : `${title} (${issues.length} errors)`;
}

/**
 * Reports anything that was thrown: what happened, its code and IDs, and what to do next. Control characters of foreign
 * text are escaped.
 *
 * @example
 * const { text } = errorReport(error, { program: 'export-users' });
 * process.stderr.write(`${text}\n`);
 * process.exitCode = exitCodeOf(error);
 */
export function errorReport(thrown: unknown, options: ErrorReportOptions): ErrorReport {
  const { program, remedies, paint = (_tone, text) => text } = options;
  const error = isReportable(thrown) ? thrown : internalError(thrown, program);
  const { code, category, message, issues = [] } = error;
  const hint = hintText(error, remedies);
  const cause = causeOf(error);
  const docs = docsPageOf(code);
  const portal = portalPageOf(error);
  const issueLines = issues.flatMap((issue) => {
    const { path, source, part = '' } = issue;
    const own = hintText(issue, remedies);
    const origin = source === undefined ? '' : ` ${paint('faint', `(${safeText(source)})`)}`;
    const lines = [
      `  ${paint('strong', safeText(path ?? part))}${origin}`,
      `    ${safeText(issue.message)}`,
    ];
    // The hint of the only issue is that of the error.
    return own === hint ? lines : lines.concat(`    ${paint('good', '→')} ${safeText(own)}`);
  });
  const lines = [
    `${paint('error', 'error:')} ${safeText(headline(error))}`,
    ...issueLines,
    ...(cause === undefined ? [] : [`  ${paint('strong', 'cause:')} ${safeText(cause)}`]),
    `  ${paint('strong', 'code:')} ${safeText(details(error))}`,
    `  ${paint('strong', 'hint:')} ${safeText(hint)}`,
    ...(portal === undefined ? [] : [`  ${paint('strong', 'portal:')} ${safeText(portal)}`]),
    ...(docs === undefined ? [] : [`  ${paint('strong', 'docs:')} ${docs}`]),
  ];
  return {
    text: lines.join('\n'),
    fields: { code, category, message, ...error.toJSON?.(), hint, portal, docs },
  };
}
