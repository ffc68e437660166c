import type { Secret } from '../secret.ts';

/** The types that a setting of a strategy can have. */
interface ValueTypes {
  readonly text: string;
  readonly boolean: boolean;
  /** The setting is true or absent. */
  readonly true: true;
  /** At least one text. */
  readonly list: readonly string[];
}

/** A command-line flag, as data for the front ends that parse command lines. */
export interface CredentialFlag {
  /** Without its dashes. */
  readonly name: string;
  /** The name of its argument in help. */
  readonly argument: string;
  /** Its line in help. */
  readonly describe: string;
}

/** A key of the quickstart's `parameters.json`. */
export interface QuickstartKey {
  readonly key: string;
  /** The settings of the strategy that its value means; the setting itself, unchanged, when absent. */
  readonly translate?: (value: unknown) => Readonly<Record<string, unknown>>;
}

/**
 * One setting of a strategy, and every source that can set it. Plain data without a schema library, because the flags
 * in the CLI's help are derived from it, and help must not load one; `settings/schema.ts` derives the schema.
 */
export interface CredentialSetting {
  readonly type: keyof ValueTypes;
  /** For the JSON Schema, the reference and the starter file. */
  readonly describe: string;
  /** Of a text: the only values. */
  readonly choices?: readonly string[];
  /** Of a text: what it must match, and the message when it does not. */
  readonly pattern?: { readonly matches: RegExp; readonly message: string };
  /** A text that can have the length 0. */
  readonly canBeEmpty?: true;
  /** Sealed in a {@link Secret} when it is read, and never shown. */
  readonly isSecret?: true;
  /** A file path, relative to the directory of the file that contains it. */
  readonly isPath?: true;
  /**
   * Belongs to a credential but does not select one: a password is not a second credential next to a client secret.
   */
  readonly isSupplementary?: true;
  /** Environment variables; the first one that has a value is used. */
  readonly variables?: readonly string[];
  /** The platform sets the variables for every program, so that every other source has precedence over them. */
  readonly isSetByPlatform?: true;
  readonly flag?: CredentialFlag;
  /** Flags of other tools that would put this secret into process lists. They are rejected with an explanation. */
  readonly rejectedFlags?: readonly string[];
  readonly quickstart?: QuickstartKey;
  /** Where a user finds the value: one sentence in the imperative. */
  readonly whereToFind?: string;
}

/** The settings of a strategy by name, without `kind`. All are optional; a strategy checks which ones it needs. */
export type CredentialSettingsShape = Readonly<Record<string, CredentialSetting>>;

type ValueOf<Setting extends CredentialSetting> = Setting extends { readonly isSecret: true }
  ? Secret
  : Setting extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : ValueTypes[Setting['type']];

/** The checked values of a strategy's settings: each secret is a {@link Secret}, each path is absolute. */
export type StrategySettings<Shape extends CredentialSettingsShape> = {
  readonly [Name in keyof Shape]?: ValueOf<Shape[Name]> | undefined;
};

/** The same settings as a program passes them: a secret can be text. */
export type GivenStrategySettings<Shape extends CredentialSettingsShape> = {
  readonly [Name in keyof Shape]?:
    | ValueOf<Shape[Name]>
    | (Shape[Name] extends { readonly isSecret: true } ? string : never)
    | undefined;
};
