import type { User } from '@microsoft/microsoft-graph-types';

import type { defaultProperties } from '../query/default-properties.ts';

/** The properties that Graph returns when nothing is selected. */
export type DefaultSelect = typeof defaultProperties;

/**
 * The property at the start of a name or path: `manager` of `manager($select=id)`, `onPremisesExtensionAttributes` of
 * `onPremisesExtensionAttributes/extensionAttribute1`.
 */
type Property<Name extends string> = Name extends `${infer Head}${'/' | '('}${string}`
  ? Head
  : Name;

/**
 * A user with the selected properties. `id` is always among them. The types of extensions and of other properties that
 * Graph's types do not contain are unknown. If the names are known only at run time, every property is possible.
 */
export type SelectedUser<
  Select extends readonly string[] = DefaultSelect,
  Expand extends string = never,
> = { readonly id: string } & (string extends Select[number]
  ? User
  : Pick<User, Exclude<Extract<Property<Select[number] | Expand>, keyof User>, 'id'>> & {
      readonly [Name in Exclude<Property<Select[number]>, keyof User>]?: unknown;
    });
