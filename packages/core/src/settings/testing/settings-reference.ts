import { strategies } from '../../credential/strategies.ts';
import type { Strategy } from '../../credential/strategy.ts';
import { settingsJsonSchema } from '../settings-json-schema.ts';
import { environmentVariables } from '../sources/environment.ts';
import { type SettingsFlag, settingsFlags } from '../sources/flags.ts';
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

function takes(schema: PropertySchema): string {
  if (schema.enum !== undefined) return schema.enum.map((name) => `\`${name}\``).join(', ');
  if (schema.anyOf !== undefined) return 'text or list';
  if (schema.type === 'boolean') return '`true`, `false`';
  return schema.pattern?.includes('ms|s|m|h|d') === true ? 'duration' : (schema.type ?? 'object');
}

interface Meant {
  readonly path?: string | undefined;
  readonly kind?: string | undefined;
}

function means(each: Meant, path: string, kind: string | undefined): boolean {
  return each.path === path && (each.kind === undefined || each.kind === kind);
}

function row(path: string, schema: PropertySchema, kind?: string): string {
  const flags = Object.entries<SettingsFlag>(settingsFlags)
    .filter(([, flag]) => means(flag, path, kind))
    .map(([name]) => `\`--${name}\``);
  const variables = environmentVariables
    .filter((variable) => means(variable, path, kind))
    .flatMap(({ names }) => names.filter((name) => name === name.toUpperCase()))
    .map((name) => `\`${name}\``);
  const quickstart = Object.entries(quickstartKeys)
    .filter(([, key]) => means(key, path, kind))
    .map(([name]) => `\`${name}\``);
  const key = path.replace('credential.', '');
  const cells = [
    `\`${key}\``,
    takes(schema),
    flags.join(' '),
    variables.join(', '),
    quickstart.join(', '),
    schema.description ?? '',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

const head =
  '| setting | takes | flag | environment | quickstart | meaning |\n|---|---|---|---|---|---|';

/** Every setting as tables: the generated half of docs/settings.md. */
export function settingsReference(): string {
  const { properties } = settingsJsonSchema() as unknown as ObjectSchema;
  const { credential, ...plain } = properties;
  const ofKind = (strategy: Strategy): string => {
    const { oneOf = [] } = credential as unknown as ObjectSchema;
    const schema = oneOf.find(
      ({ properties: { kind } }) => (kind as { const?: string }).const === strategy.kind,
    );
    const keys = Object.entries(schema?.properties ?? {}).filter(([key]) => key !== 'kind');
    const rows = keys.map(([key, property]) => row(`credential.${key}`, property, strategy.kind));
    return [
      `### \`"kind": "${strategy.kind}"\``,
      '',
      `${strategy.describe}.`,
      '',
      head,
      ...rows,
      '',
    ].join('\n');
  };
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
    ...Object.values<Strategy>(strategies).map(ofKind),
  ].join('\n');
}
