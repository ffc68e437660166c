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

/** Values for a starter file; each that is absent is a placeholder. */
export interface StarterValues {
  readonly tenant?: string | undefined;
  readonly clientId?: string | undefined;
  /** The file with the secret or the key, if the credential has one. */
  readonly file?: string | undefined;
  /** URL or relative path of the JSON Schema, for editors. */
  readonly schema?: string | undefined;
}

/** `kind` is the last line, so that each line above it can be uncommented without changing its comma. */
function credentialLines(strategy: Strategy, path = '<path>'): readonly string[] {
  const [file] = settingNames(strategy, 'isPath');
  return [
    withComment(strategy.describe, '"credential": {', '  '),
    ...Object.entries(strategy.settings).map(([name, { describe }]) =>
      withComment(
        describe,
        name === file ? `"${name}": ${JSON.stringify(path)},` : `// "${name}": …,`,
        '    ',
      ),
    ),
    `    "kind": "${strategy.kind}"`,
    '  }',
  ];
}

/** Returns a starter settings file for one strategy. */
export function starterSettingsOf(strategy: Strategy, values: StarterValues = {}): string {
  const { tenant = '<tenant>', clientId = '<client-id>', schema } = values;
  const { shape } = plainSettings;
  return [
    '{',
    ...(schema === undefined ? [] : [`  "$schema": ${JSON.stringify(schema)},`]),
    withComment(shape.tenant.description, `"tenant": ${JSON.stringify(tenant)},`, '  '),
    withComment(shape.clientId.description, `"clientId": ${JSON.stringify(clientId)},`, '  '),
    ...optional.map(([name, example]) =>
      withComment(shape[name].description, `// "${name}": "${example}",`, '  '),
    ),
    ...credentialLines(strategy, values.file),
    '}',
    '',
  ].join('\n');
}

/** Returns a starter settings file; see `starterSettings` of library.ts. */
export function starterSettings(kind: StrategyKind, values: StarterValues = {}): string {
  if (typeof kind === 'string' && Object.hasOwn(strategies, kind))
    return starterSettingsOf(strategies[kind], values);
  throw new SettingsError([
    {
      path: 'kind',
      source: 'argument',
      message: 'Unknown credential type',
      hint: `Use one of ${Object.keys(strategies).join(', ')}.`,
    },
  ]);
}
