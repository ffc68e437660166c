import type { Tenant } from '../tenant.ts';

/** The sandbox's side of the story: what it saw, and what it is to do. */
export function witnessOf({ control }: Pick<Tenant, 'control'>) {
  return {
    look: async <Answer>(path: string): Promise<Answer> =>
      (await (await fetch(`${control}${path}`)).json()) as Answer,
    order: async (path: string, body: unknown = {}): Promise<void> => {
      const answer = await fetch(`${control}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
  };
}
