import type { FlagValues } from '@rollcall/core';
import {
  type LogLevel,
  rejectedFlags,
  type SettingsFlag,
  settingsFlags,
  settingsFlagsHeading,
} from '@rollcall/core/command-line';
import yargs, { type Options } from 'yargs';

import type { TlsFiles } from '../http/tls-files.ts';
import { keysCommand } from './keys-command.ts';
import { pageKeysCommand } from './page-keys-command.ts';

/** The request of a command line. */
export type CommandLine =
  | {
      readonly kind: 'serve';
      readonly flags: FlagValues;
      readonly host: string;
      readonly port: number;
      readonly allowedHosts: readonly string[];
      readonly tls: TlsFiles | undefined;
      readonly publicUrl: string | undefined;
      readonly callers: string | undefined;
      readonly pageKeys: string | undefined;
      readonly insecureHttp: boolean;
      readonly auditLog: string | undefined;
      readonly traces: boolean;
      readonly logLevel: LogLevel;
    }
  /** Text for stdout: help or version. */
  | { readonly kind: 'tell'; readonly text: string }
  /** Text for stderr: the command line is invalid. */
  | { readonly kind: 'refuse'; readonly text: string };

const logLevels = ['debug', 'info', 'warn', 'error'] as const;

const serverOptions = {
  host: {
    type: 'string',
    default: '127.0.0.1',
    describe: 'Address to listen on; other than loopback needs --callers',
    requiresArg: true,
  },
  port: {
    type: 'string',
    default: '8080',
    describe: 'Port to listen on; 0 selects a free port',
    requiresArg: true,
  },
  'allow-host': {
    type: 'string',
    array: true,
    default: [],
    describe: 'Additional host name that requests can use',
    requiresArg: true,
  },
  'tls-cert': {
    type: 'string',
    describe: 'PEM file of the certificate to serve HTTPS with',
    requiresArg: true,
  },
  'tls-key': {
    type: 'string',
    describe: 'PEM file of the private key of --tls-cert',
    requiresArg: true,
  },
  'public-url': {
    type: 'string',
    describe: 'URL at which callers reach the server, for links',
    requiresArg: true,
  },
  callers: {
    type: 'string',
    describe: 'File of callers: tokens, API keys and certificates that are accepted',
    requiresArg: true,
  },
  'page-keys': {
    type: 'string',
    describe: 'File of page keys, so that links stay valid after a restart',
    requiresArg: true,
  },
  'insecure-http': {
    type: 'boolean',
    describe: 'Serve plain HTTP on any address, behind a proxy that terminates TLS',
  },
  'audit-log': {
    type: 'string',
    describe: 'File to which a record of each export is appended; - for stdout',
    requiresArg: true,
  },
  traces: {
    type: 'boolean',
    default: false,
    describe: 'Emit OpenTelemetry spans with the SDK that NODE_OPTIONS loads',
  },
  'log-level': {
    choices: logLevels,
    default: 'info',
    describe: 'Lowest level of events that are logged',
  },
} as const satisfies Record<string, Options>;

function settingsOptions(): Record<string, Options> {
  const visible = Object.entries<SettingsFlag>(settingsFlags).map(([name, flag]) => [
    name,
    {
      type: flag.type,
      describe: flag.describe,
      group: settingsFlagsHeading,
      requiresArg: flag.type === 'string',
    },
  ]);
  // Defined, so that core can report why they are rejected.
  const hidden = rejectedFlags.map((name) => [name, { type: 'string', hidden: true }]);
  return Object.fromEntries([...visible, ...hidden]) as Record<string, Options>;
}

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}

/** Whether a text is the name of one host, without port: a pattern would accept the names of other sites. */
function isHostName(text: string): boolean {
  return /^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?$/iu.test(text);
}

function refuse(refusal: string): CommandLine {
  return {
    kind: 'refuse',
    text: `error: ${refusal}\n  code: E_USAGE\n  hint: Run \`rollcall-server --help\` to list the flags.\n`,
  };
}

/** Parses the arguments after the name of the program. Values remain text: core checks the settings. */
export async function readCommandLine(
  argv: readonly string[],
  version: string,
): Promise<CommandLine> {
  if (argv[0] === 'keys' || argv[0] === 'page-keys') {
    const [name, ...others] = argv;
    const result = name === 'keys' ? keysCommand(others) : await pageKeysCommand(others);
    return 'text' in result ? { kind: 'tell', text: result.text } : refuse(result.refusal);
  }
  let refusal: string | undefined;
  let told = '';
  const parser = yargs(argv)
    .scriptName('rollcall-server')
    .usage(
      '$0 [flags]\n$0 keys create\n$0 page-keys rotate FILE\n\nServes the users of a Microsoft Entra tenant over HTTP, read-only.',
    )
    .options(serverOptions)
    .options(settingsOptions())
    .parserConfiguration({
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
      'camel-case-expansion': false,
      'greedy-arrays': false,
    })
    .version(version)
    .strict()
    .demandCommand(0, 0)
    .wrap(100)
    .exitProcess(false)
    .fail((message) => {
      refusal ??= message;
    });
  const given: Readonly<Record<string, unknown>> = await parser.parseAsync(
    argv,
    {},
    (_error, _argv, output) => {
      told = output;
    },
  );
  if (refusal === undefined && told !== '') return { kind: 'tell', text: `${told}\n` };
  const {
    host,
    port: portText,
    'allow-host': allowedHosts,
    'tls-cert': certificate,
    'tls-key': key,
    'public-url': publicUrl,
    callers,
    'page-keys': pageKeys,
    'insecure-http': insecureHttp,
    'audit-log': auditLog,
    traces,
    'log-level': logLevel,
    ...flags
  } = given;
  const port = typeof portText === 'string' ? portOf(portText) : undefined;
  if (port === undefined)
    refusal ??= 'Invalid value for --port: expected a whole number from 0 to 65535.';
  const invalidHost = (allowedHosts as readonly string[]).find((name) => !isHostName(name));
  if (invalidHost !== undefined)
    refusal ??= `Invalid value ${JSON.stringify(invalidHost)} for --allow-host: expected one host name without port; patterns are not supported.`;
  const optional = {
    'tls-cert': certificate,
    'tls-key': key,
    'public-url': publicUrl,
    callers,
    'page-keys': pageKeys,
    'audit-log': auditLog,
  };
  const repeated = Object.entries(optional).find(([, value]) => Array.isArray(value))?.[0];
  if (repeated !== undefined) refusal ??= `--${repeated} specified more than once.`;
  if ((certificate === undefined) !== (key === undefined))
    refusal ??= '--tls-cert and --tls-key must be used together.';
  if (typeof host !== 'string') refusal ??= 'Invalid value for --host: expected one address.';
  if (typeof logLevel !== 'string')
    refusal ??= `Invalid value for --log-level. Valid values: ${logLevels.join(', ')}.`;
  if (refusal !== undefined) return refuse(refusal);
  return {
    kind: 'serve',
    flags,
    host: host as string,
    port: port as number,
    allowedHosts: allowedHosts as readonly string[],
    tls:
      certificate === undefined
        ? undefined
        : { certificate: certificate as string, key: key as string },
    publicUrl: publicUrl as string | undefined,
    callers: callers as string | undefined,
    pageKeys: pageKeys as string | undefined,
    insecureHttp: insecureHttp === true,
    auditLog: auditLog as string | undefined,
    traces: traces === true,
    logLevel: logLevel as LogLevel,
  };
}
