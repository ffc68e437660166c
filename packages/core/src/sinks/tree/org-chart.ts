/** A user as far as the chart is concerned. */
export interface ChartUser {
  readonly id?: string | undefined;
  readonly displayName?: string | null | undefined;
  readonly manager?: { readonly id?: string | undefined } | null | undefined;
}

/** A user with its place in the chart. */
export interface ChartRow<User> {
  readonly user: User;
  /** The number of managers above it in the chart. */
  readonly depth: number;
  /** The object IDs from the top of the chart down to the user itself. */
  readonly path: readonly string[];
  /** For each level from 1 on, whether the user or its manager of that level is the last report of its manager. */
  readonly lasts: readonly boolean[];
}

export interface OrgChart<User> {
  /** Every user below its manager, in the order of their names. */
  readonly rows: readonly ChartRow<User>[];
  /** The groups of users whose managers lead back to themselves. One user of each is a top of the chart. */
  readonly cycles: readonly (readonly User[])[];
}

const collator = new Intl.Collator('en-US');

function compareUsers(a: ChartUser, b: ChartUser): number {
  return collator.compare(a.displayName ?? '', b.displayName ?? '') || (idOf(a) < idOf(b) ? -1 : 1);
}

function idOf({ id }: ChartUser): string {
  return id ?? '';
}

/** The users of the cycle to which the managers of `start` lead; undefined when they lead to a top of the chart. */
function cycleFrom<User extends ChartUser>(
  start: User,
  users: ReadonlyMap<string, User>,
  seen: Set<string>,
): readonly User[] | undefined {
  const walked: User[] = [];
  const at = new Map<string, number>();
  let user: User | undefined = start;
  while (user !== undefined && !seen.has(idOf(user))) {
    seen.add(idOf(user));
    at.set(idOf(user), walked.length);
    walked.push(user);
    user = users.get(user.manager?.id ?? '');
  }
  const first = user === undefined ? undefined : at.get(idOf(user));
  return first === undefined ? undefined : walked.slice(first);
}

/**
 * Arranges users below their managers. A user whose manager is not among them is a top of the chart.
 * @param root the object ID of the user whose part of the chart is returned; all of it when absent
 */
export function orgChart<User extends ChartUser>(
  list: readonly User[],
  root?: string,
): OrgChart<User> {
  const users = new Map(list.map((user) => [idOf(user), user]));
  const seen = new Set<string>();
  const cycles = list.flatMap((user) => {
    const cycle = cycleFrom(user, users, seen);
    return cycle === undefined ? [] : [cycle.toSorted(compareUsers)];
  });
  const tops = new Set(cycles.map(([top]) => top));
  const reports = Map.groupBy(list, (user) =>
    tops.has(user) || !users.has(user.manager?.id ?? '') ? '' : (user.manager?.id ?? ''),
  );
  for (const group of reports.values()) group.sort(compareUsers);
  const rows: ChartRow<User>[] = [];
  const charted = new Set<string>();
  const below = root === undefined ? undefined : users.get(root);
  const start = root === undefined ? (reports.get('') ?? []) : below === undefined ? [] : [below];
  // A stack in place of recursion: chains of managers can be long.
  const stack = start
    .map((user): ChartRow<User> => ({ user, depth: 0, path: [idOf(user)], lasts: [] }))
    .toReversed();
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    const { user, depth, path, lasts } = row;
    if (charted.has(idOf(user))) continue;
    charted.add(idOf(user));
    rows.push(row);
    const team = reports.get(idOf(user)) ?? [];
    for (let index = team.length - 1; index >= 0; index -= 1) {
      const report = team[index] as User;
      stack.push({
        user: report,
        depth: depth + 1,
        path: [...path, idOf(report)],
        lasts: [...lasts, index === team.length - 1],
      });
    }
  }
  const shown =
    root === undefined ? cycles : cycles.filter((c) => c.some((u) => charted.has(idOf(u))));
  return { rows, cycles: shown };
}
