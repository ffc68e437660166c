import { SettingsError, type SettingsIssue } from '@rollcall/core';

/** What of a process decides how safe it is. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The options of Node itself. */
  readonly execArgv: readonly string[];
}

/** Options of Node that make a server with a credential unsafe, by the beginning of their names. */
const unsafeOptions: readonly (readonly [option: string, message: string])[] = [
  ['--inspect', 'opens a debugger: every program that reaches its port can read the credential'],
  ['--tls-keylog', 'writes the keys of TLS connections to a file'],
  ['--trace-tls', 'prints the packets of TLS connections'],
  ['--tls-min-v1.0', 'allows TLS 1.0, whose encryption is broken'],
  ['--tls-min-v1.1', 'allows TLS 1.1, whose encryption is broken'],
  ['--insecure-http-parser', 'accepts invalid HTTP, with which requests can be smuggled'],
];

/** Parts of Node that print data or URLs of requests, with tokens and queries, when `NODE_DEBUG` names them. */
const printing = ['net', 'undici', 'fetch', 'websocket'];

/** Whether a part of `NODE_DEBUG`, which can contain `*`, names a part that prints. */
function isPrinting(part: string): boolean {
  const [first = '', ...rest] = part.trim().toLowerCase().split('*');
  if (rest.length === 0) return printing.includes(first);
  // A pattern is refused if its beginning fits; what follows an asterisk is not worth a parser.
  return printing.some((name) => name.startsWith(first));
}

function issue(source: string, message: string, hint: string): SettingsIssue {
  return { path: source, source, message, hint };
}

function* optionIssues({ env, execArgv }: Environment): Iterable<SettingsIssue> {
  const variable = env['NODE_OPTIONS'] ?? '';
  const given = [
    ...execArgv.map((option) => ({ option, source: option.split('=', 1)[0] ?? option })),
    ...variable.split(/[\s"']+/u).map((option) => ({ option, source: 'NODE_OPTIONS' })),
  ];
  for (const { option, source } of given)
    for (const [unsafe, message] of unsafeOptions)
      // Node accepts underscores in place of hyphens.
      if (option.replaceAll('_', '-').startsWith(unsafe))
        yield issue(source, `${unsafe} ${message}`, `Remove ${unsafe}.`);
}

function* variableIssues({ env }: Environment): Iterable<SettingsIssue> {
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    yield issue(
      'NODE_TLS_REJECT_UNAUTHORIZED',
      'turns off the check of every certificate in this process',
      'Unset it; name the certificate authority with --ca instead.',
    );
  const found = (env['NODE_DEBUG'] ?? '').split(',').filter(isPrinting);
  if (found.length > 0)
    yield issue(
      'NODE_DEBUG',
      `prints data and URLs of requests, with tokens and queries (${found.join(', ')})`,
      'Unset it; use --log-level debug instead.',
    );
}

/**
 * Refuses to run in a process whose credential other programs could read, or whose certificates are not checked.
 * @throws {SettingsError} with every problem
 */
export function refuseUnsafeEnvironment(environment: Environment): void {
  const issues = [...variableIssues(environment), ...optionIssues(environment)];
  if (issues.length > 0) throw new SettingsError(issues);
}
