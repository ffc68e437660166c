import type { StarterValues } from '@rollcall/core';
import { strategies, type StrategyKind } from '@rollcall/core/command-line';

import type { Context } from '../context.ts';
import { openQuestions } from '../terminal/ask.ts';

/** The values of a new configuration file. */
export interface StarterAnswers {
  readonly kind: StrategyKind;
  readonly values: StarterValues;
}

/** The values that flags give; the others are asked for. */
export interface GivenAnswers {
  readonly kind: StrategyKind | undefined;
  readonly tenant: string | undefined;
  readonly clientId: string | undefined;
}

const kinds = Object.keys(strategies) as StrategyKind[];

/** Returns the kind that an answer means: its name, its number in the list, or the first one without an answer. */
function kindOf(answer: string): StrategyKind | undefined {
  return answer === ''
    ? kinds[0]
    : kinds.find((kind, at) => answer === kind || answer === `${at + 1}`);
}

/** The setting of a kind that names the file with the secret or the key. */
function fileSetting(kind: StrategyKind): string | undefined {
  const entries = Object.entries<{ readonly isPath?: true; readonly describe: string }>(
    strategies[kind].settings,
  );
  return entries.find(([, { isPath }]) => isPath === true)?.[1].describe;
}

/**
 * Asks for the values that are not given, if a person can answer: on a terminal, and not with `--quiet`.
 * @param problemOf why a value is invalid; it is then asked for another time
 */
export async function askForSettings(
  { kind: givenKind, tenant, clientId }: GivenAnswers,
  { console, stdin, signal }: Pick<Context, 'console' | 'stdin' | 'signal'>,
  problemOf: (values: StarterValues) => Promise<string | undefined>,
): Promise<StarterAnswers> {
  const isTerminal = 'isTTY' in stdin && stdin.isTTY === true && !console.presentation.quiet;
  if (!isTerminal) return { kind: givenKind ?? 'client-secret', values: { tenant, clientId } };
  using questions = openQuestions({ input: stdin, print: (text) => console.prompt(text), signal });

  async function askFor(
    question: string,
    name: 'tenant' | 'clientId',
  ): Promise<string | undefined> {
    for (;;) {
      const answer = await questions.ask(`${question}: `);
      if (answer === '') return undefined;
      const problem = await problemOf({ [name]: answer });
      if (problem === undefined) return answer;
      console.prompt(`  ${problem}\n`);
    }
  }

  async function askForKind(): Promise<StrategyKind> {
    const list = kinds.map((kind, at) => `  ${at + 1} ${kind}: ${strategies[kind].describe}\n`);
    for (;;) {
      console.prompt(`Authentication method:\n${list.join('')}`);
      const kind = kindOf(await questions.ask('Number or name (1): '));
      if (kind !== undefined) return kind;
    }
  }

  console.prompt('An empty answer leaves a placeholder in the file.\n');
  const values = {
    tenant: tenant ?? (await askFor('Tenant (ID or domain)', 'tenant')),
    clientId: clientId ?? (await askFor('Application (client) ID', 'clientId')),
  };
  const kind = givenKind ?? (await askForKind());
  const file = fileSetting(kind);
  const path = file === undefined ? '' : await questions.ask(`${file} (path): `);
  return { kind, values: { ...values, file: path === '' ? undefined : path } };
}
