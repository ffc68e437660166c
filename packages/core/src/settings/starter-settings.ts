import { strategies, type StrategyKind } from '../credential/strategies.ts';
import type { Strategy } from '../credential/strategy.ts';
import { plainSettings } from './schema.ts';

/** What most people never set: offered as comments. */
const optional = [
  ['cloud', 'global'],
  ['proxy', 'http://proxy.example:8080'],
  ['caFile', 'ca.pem'],
  ['tokenCache', 'file'],
  ['deadline', '1h'],
] as const;

function described(description: string | undefined, line: string, indent: string): string {
  return `${indent}// ${description ?? ''}\n${indent}${line}`;
}

/** `kind` comes last, so that any line above it can be uncommented as it is. */
function credentialLines(kind: StrategyKind): readonly string[] {
  const strategy: Strategy = strategies[kind];
  const [file] = strategy.pathKeys;
  const shape = strategy.settings.shape as Readonly<Record<string, { description?: string }>>;
  return [
    described(strategy.describe, '"credential": {', '  '),
    ...Object.entries(shape).map(([key, { description }]) =>
      described(description, key === file ? `"${key}": "<path>",` : `// "${key}": …,`, '    '),
    ),
    `    "kind": "${kind}"`,
    '  }',
  ];
}

/**
 * A settings file to begin with, for one kind of credential: JSON with comments and `<placeholders>`, which are
 * refused until they are filled in.
 */
export function starterSettings(kind: StrategyKind): string {
  const { shape } = plainSettings;
  return [
    '{',
    described(shape.tenant.description, '"tenant": "<tenant>",', '  '),
    described(shape.clientId.description, '"clientId": "<client-id>",', '  '),
    ...optional.map(([key, example]) =>
      described(shape[key].description, `// "${key}": "${example}",`, '  '),
    ),
    ...credentialLines(kind),
    '}',
    '',
  ].join('\n');
}
