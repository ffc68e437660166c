import { resolve } from 'node:path';

import type { Context } from '../context.ts';
import type { Situation } from '../report/situation.ts';

/**
 * Adds to a situation whether an interrupted export can be continued. After an integrity failure it is not: what was
 * read must not be trusted.
 * @param args the arguments of the command
 */
export async function exportSituation(
  situation: Situation,
  { out, resume }: { readonly out?: unknown; readonly resume?: unknown },
  error: unknown,
  { core, cwd }: Pick<Context, 'core' | 'cwd'>,
): Promise<Situation> {
  const { category } = (error ?? {}) as { readonly category?: unknown };
  // Only `users list` has the flag.
  if (typeof out !== 'string' || resume === undefined || category === 'integrity') return situation;
  const { isResumable } = await core();
  if (!(await isResumable(resolve(cwd, out)))) return situation;
  return { ...situation, resume: resume === true ? 'same-command' : 'add-flag' };
}
