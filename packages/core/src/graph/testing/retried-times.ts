import { DirectoryError } from '../../errors/directory-error.ts';
import type { Turn } from '../../testing/fake-graph.ts';
import { openFake } from '../../testing/open-fake.ts';

/** How often a question is sent when it is always answered by `turn`, and who must act in the end. */
export async function retriedTimes(
  turn: Turn,
): Promise<{ readonly requests: number; readonly category: string }> {
  const { directory, graph } = await openFake({ users: 1, intervene: () => turn });
  const failure = await directory.users.count().catch((error: unknown) => error);
  return {
    requests: graph.requests.length,
    category: failure instanceof DirectoryError ? failure.category : 'none',
  };
}
