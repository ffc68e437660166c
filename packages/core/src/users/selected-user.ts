import type { User } from '@microsoft/microsoft-graph-types';

import type { defaultProperties } from '../query/default-properties.ts';

/** What Graph gives where nothing is selected. */
export type DefaultSelect = typeof defaultProperties;

/**
 * The property that a name or path (`onPremisesExtensionAttributes/extensionAttribute1`, `manager($select=id)`) leads
 * to.
 */
type Property<Name extends string> = Name extends `${infer Head}${'/' | '('}${string}`
  ? Head
  : Name;

/**
 * A user with what was asked for. `id` always comes along; names that Graph's types do not know (extensions, what is
 * newer than they are) may hold anything; names that only the running program knows give every property.
 */
export type SelectedUser<
  Select extends readonly string[] = DefaultSelect,
  Expand extends string = never,
> = { readonly id: string } & (string extends Select[number]
  ? User
  : Pick<User, Exclude<Extract<Property<Select[number] | Expand>, keyof User>, 'id'>> & {
      readonly [Name in Exclude<Property<Select[number]>, keyof User>]?: unknown;
    });
