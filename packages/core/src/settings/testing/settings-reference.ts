import type { Strategy, StrategyRegistry } from '../../credential/strategy.ts';
import { jsonSchemaOf } from '../settings-json-schema.ts';
import { environmentVariables } from '../sources/environment.ts';
import { flagsOf } from '../sources/flags.ts';
import { quickstartKeys } from '../sources/quickstart.ts';

interface PropertySchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly anyOf?: readonly PropertySchema[];
  readonly description?: string;
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly oneOf?: readonly ObjectSchema[];
}

function typeOf(schema: PropertySchema): string {
  if (schema.enum !== undefined) return schema.enum.map((name) => `\`${name}\``).join(', ');
  if (schema.anyOf !== undefined) return 'string or list';
  if (schema.type === 'boolean') return '`true`, `false`';
  return schema.pattern?.includes('ms|s|m|h|d') === true ? 'duration' : (schema.type ?? 'object');
}

interface Target {
  readonly path?: string | undefined;
  readonly kind?: string | undefined;
}

function isFor(target: Target, path: string, kind: string | undefined): boolean {
  return target.path === path && (target.kind === undefined || target.kind === kind);
}

const head =
  '| setting | type | flag | environment | quickstart | description |\n|---|---|---|---|---|---|';

/** Returns the reference of settings as tables: the generated part of docs/reference/settings.md. */
export function settingsReference(strategies: StrategyRegistry): string {
  function row(path: string, schema: PropertySchema, kind?: string): string {
    const flags = Object.entries(flagsOf(strategies))
      .filter(([, flag]) => isFor(flag, path, kind))
      .map(([name]) => `\`--${name}\``);
    const variables = environmentVariables(strategies)
      .filter((variable) => isFor(variable, path, kind))
      .flatMap(({ names }) => names.filter((name) => name === name.toUpperCase()))
      .map((name) => `\`${name}\``);
    const quickstart = [...quickstartKeys(strategies)]
      .filter(([, target]) => isFor(target, path, kind))
      .map(([name]) => `\`${name}\``);
    const cells = [
      `\`${path.replace('credential.', '')}\``,
      typeOf(schema),
      flags.join(' '),
      variables.join(', '),
      quickstart.join(', '),
      schema.description ?? '',
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  }

  // A settings file is one set of settings, or several by name: the keys are the same.
  const { anyOf } = jsonSchemaOf(strategies) as unknown as { anyOf: [ObjectSchema] };
  const [{ properties }] = anyOf;
  const { credential, ...plain } = properties;
  const { oneOf = [] } = credential as unknown as ObjectSchema;

  function section({ kind, describe }: Strategy): string {
    const schema = oneOf.find(
      ({ properties: { kind: literal } }) => (literal as { const?: string }).const === kind,
    );
    const rows = Object.entries(schema?.properties ?? {})
      .filter(([key]) => key !== 'kind')
      .map(([key, property]) => row(`credential.${key}`, property, kind));
    const table = rows.length === 0 ? ['This kind has no settings.'] : [head, ...rows];
    return [`### \`"kind": "${kind}"\``, '', `${describe}.`, '', ...table, ''].join('\n');
  }

  return [
    '## Settings',
    '',
    head,
    ...Object.entries(plain).map(([key, property]) => row(key, property)),
    '',
    '## `credential`',
    '',
    `${(credential as PropertySchema).description}.`,
    '',
    ...Object.values(strategies).map(section),
  ].join('\n');
}
