import { QueryError } from '../errors/query-error.ts';
import { type Remedy, withHint } from '../errors/remedies.ts';
import { collectionOf } from '../query/collections/collection-of.ts';
import { managerPathsOf } from '../query/expand-manager.ts';
import { inactivityProperties } from '../query/inactivity.ts';
import { spelled } from '../query/property-names.ts';
import type { UserQuery } from '../query/user-query.ts';
import { type FormatName, formats } from './formats.ts';
import type { Format } from './sink.ts';

/** What a listing reads, as far as columns are concerned. */
type Read = Pick<UserQuery, 'of' | 'inactive' | 'licenses' | 'select' | 'expand'>;

/** The default columns of an expanded manager: its key and its name. */
const ofManager = ['id', 'displayName'];

interface Expansion {
  readonly relation: string;
  readonly select: readonly string[];
}

/** The relations of `$expand`, with what is selected of each: `manager($select=id;$levels=max)`. */
function expansionsOf(expand: string | undefined): readonly Expansion[] {
  return [...(expand ?? '').matchAll(/(\w+)\s*(?:\(([^)]*)\))?/g)].map(
    ([, relation = '', options = '']) => ({
      relation,
      select: (/\$select=([^;]*)/i.exec(options)?.[1] ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    }),
  );
}

function columnsOfExpansion({ relation, select }: Expansion): readonly string[] {
  const shown = select.length > 0 ? select : relation === 'manager' ? ofManager : [];
  return shown.length > 0 ? shown.map((name) => `${relation}.${name}`) : [relation];
}

/** Sign-in activity has several times: the column shows the last interactive sign-in. */
function columnOfActivity(name: string): string {
  return name === 'signInActivity' ? 'signInActivity.lastSignInDateTime' : name;
}

/** The property that a column or a name of `select` begins at. */
function headOf(name: string): string {
  return /^[^./(]*/.exec(name)?.[0] ?? name;
}

function invalidColumns(message: string, remedy: Remedy): QueryError {
  return new QueryError([{ part: 'columns', message, ...withHint(remedy) }]);
}

/**
 * Returns the columns of a listing: the given ones, otherwise those of `select` or the default ones of the format, and
 * those that `expand` adds. Undefined when the format has no columns.
 * @throws {QueryError} when the format has no columns, or a column is not selected, so that it would be empty for all
 *   users
 *
 * @example
 * columnsOf('csv', { select: ['id', 'mail'] }); // ['id', 'mail']
 */
export function columnsOf(
  name: FormatName,
  query: Read,
  columns?: readonly string[],
): readonly string[] | undefined {
  const { select: selected = [], expand } = query;
  const alsoSelected = [
    ...(collectionOf(query.of).alsoSelected ?? []),
    ...inactivityProperties(query).map(columnOfActivity),
    ...(query.licenses === true ? ['licenses'] : []),
  ];
  const select = selected.map(spelled);
  const asked = columns?.map(spelled);
  const { defaultColumns }: Format = formats[name];
  if (defaultColumns === undefined) {
    if (asked === undefined) return undefined;
    throw invalidColumns(`the format ${name} has no columns`, { code: 'choose-columns-format' });
  }
  const expansions = expansionsOf(expand);
  if (asked === undefined)
    return [
      ...(select.length > 0
        ? [...select, ...(query.licenses === true ? ['licenses'] : [])]
        : [...defaultColumns, ...alsoSelected]),
      ...expansions
        .filter(({ relation }) => !select.includes(relation))
        .flatMap(columnsOfExpansion),
    ];
  const properties =
    select.length > 0
      ? [...select, ...alsoSelected, ...inactivityProperties(query)]
      : [...(formats.csv.defaultColumns ?? []), ...alsoSelected];
  const read = new Set([
    'id',
    ...properties,
    ...properties.filter((property) => managerPathsOf([property]).length === 0).map(headOf),
    ...expansions.map(({ relation }) => relation),
  ]);
  const unread = asked.filter((column) => !read.has(column) && !read.has(headOf(column)));
  if (unread.length === 0) return asked;
  const wanted = [
    ...select,
    ...asked.flatMap((column) =>
      column === 'manager' ? [] : managerPathsOf([column]).length > 0 ? column : headOf(column),
    ),
  ];
  const [which, verb] = unread.length === 1 ? ['the column', 'is'] : ['the columns', 'are'];
  throw invalidColumns(
    `${which} ${unread.join(', ')} ${verb} not selected`,
    unread.every((column) => headOf(column) === 'manager') && managerPathsOf(select).length === 0
      ? { code: 'expand-manager' }
      : { code: 'select-property', names: [...new Set(wanted)] },
  );
}
