import type { Format } from './sink.ts';

/** Names that every version of YAML reads as text without quotes. */
const plainKey = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Za-z_]\w*$/i;

/** Characters that YAML does not allow unescaped, or takes for line breaks, and that JSON leaves as they are. */
const special = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;

/** Returns a value on one line. JSON in double quotes is YAML, except for a few characters. */
function scalar(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replaceAll(
    special,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** Returns the lines of a value: of a list or an object, one or more for each member. */
function block(value: unknown): readonly string[] {
  if (!isCollection(value)) return [scalar(value)];
  if (Array.isArray(value))
    return value.flatMap((member) => {
      const [first = '', ...rest] = block(member);
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  return Object.entries(value).flatMap(([name, member]) => {
    const key = plainKey.test(name) ? name : scalar(name);
    if (!isCollection(member)) return [`${key}: ${scalar(member)}`];
    const lines = block(member).map((line) => `  ${line}`);
    return [`${key}:`].concat(lines);
  });
}

/** A list of users in block style. Texts are quoted, so that none is read as a number, a date or a truth value. */
export const yaml: Format = {
  mediaType: 'application/yaml',
  describe: 'one YAML list',
  createSink({ saved }) {
    let isEmpty = saved !== 'begun';
    return {
      head: () => '',
      page(users) {
        if (users.length > 0) isEmpty = false;
        return users.map((user) => `${block([user]).join('\n')}\n`);
      },
      tail: () => (isEmpty ? '[]\n' : ''),
      save: () => (isEmpty ? null : 'begun'),
    };
  },
};
