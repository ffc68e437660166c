import { strategies, type StrategyKind } from '../credential/strategies.ts';
import { settingNames, type Strategy } from '../credential/strategy.ts';
import { SettingsError } from '../errors/settings-error.ts';
import { plainSettings } from './schema.ts';

/** Optional settings, which the file contains as comments. */
const optional = [
  ['cloud', 'global'],
  ['proxy', 'http://proxy.example:8080'],
  ['caFile', 'ca.pem'],
  ['tokenCache', 'file'],
  ['deadline', '1h'],
] as const;

function withComment(description: string | undefined, line: string, indent: string): string {
  return `${indent}// ${description ?? ''}\n${indent}${line}`;
}

/** `kind` is the last line, so that each line above it can be uncommented without changing its comma. */
function credentialLines(strategy: Strategy): readonly string[] {
  const [file] = settingNames(strategy, 'isPath');
  return [
    withComment(strategy.describe, '"credential": {', '  '),
    ...Object.entries(strategy.settings).map(([name, { describe }]) =>
      withComment(describe, name === file ? `"${name}": "<path>",` : `// "${name}": …,`, '    '),
    ),
    `    "kind": "${strategy.kind}"`,
    '  }',
  ];
}

/** Returns a starter settings file for one strategy. */
export function starterSettingsOf(strategy: Strategy): string {
  const { shape } = plainSettings;
  return [
    '{',
    withComment(shape.tenant.description, '"tenant": "<tenant>",', '  '),
    withComment(shape.clientId.description, '"clientId": "<client-id>",', '  '),
    ...optional.map(([name, example]) =>
      withComment(shape[name].description, `// "${name}": "${example}",`, '  '),
    ),
    ...credentialLines(strategy),
    '}',
    '',
  ].join('\n');
}

/** Returns a starter settings file; see `starterSettings` of library.ts. */
export function starterSettings(kind: StrategyKind): string {
  if (typeof kind === 'string' && Object.hasOwn(strategies, kind))
    return starterSettingsOf(strategies[kind]);
  throw new SettingsError([
    {
      path: 'kind',
      source: 'argument',
      message: 'Unknown credential type',
      hint: `Use one of ${Object.keys(strategies).join(', ')}.`,
    },
  ]);
}
