/**
 * The order of the top-level folders and files of each package's `src`, from top to bottom. A file may import from its
 * own folder and from entries below it, never from above, type-only and dynamic imports included. Entries on one line
 * may import each other's files as long as no cycle arises. docs/architecture.md explains what each folder of core is
 * for.
 */
export const layers: Readonly<Record<string, readonly (readonly string[])[]>> = {
  core: [
    ['index.ts', 'command-line.ts', 'delta-rounds.ts'],
    ['library.ts'],
    ['open-directory.ts'],
    ['doctor'],
    ['export'],
    ['users'],
    ['listing'],
    ['delta'],
    ['paging'],
    ['graph'],
    ['token'],
    ['connection.ts'],
    ['settings'],
    ['credential'],
    ['retry'],
    ['http'],
    ['store'],
    ['file-system'],
    ['sinks'],
    ['query'],
    ['errors'],
    ['system-clock.ts', 'ports.ts', 'events.ts'],
    [
      'cloud.ts',
      'secret.ts',
      'guid.ts',
      'nearest-name.ts',
      'safe-text.ts',
      'until-aborted.ts',
      'resource-stack.ts',
    ],
  ],
  cli: [
    ['main.ts'],
    ['run-program.ts'],
    ['program.ts'],
    ['commands.ts'],
    ['commands'],
    ['open-command-directory.ts'],
    ['load-command-settings.ts'],
    ['completion'],
    ['output'],
    ['options'],
    ['arguments'],
    ['context.ts'],
    ['report'],
    ['terminal'],
    ['process'],
    ['version.ts'],
  ],
  server: [
    ['main.ts'],
    ['index.ts'],
    ['process'],
    ['start-server.ts'],
    ['app.ts'],
    ['routes.ts'],
    ['routes'],
    ['route.ts'],
    ['http'],
    ['observability'],
    ['errors'],
    ['limits.ts'],
  ],
};

/** One import of one file by another, both relative to the package's `src`. */
export interface SourceImport {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

function topOf(file: string): string {
  return file.split('/', 1)[0] ?? file;
}

/**
 * @returns one sentence for each import that leads upwards in the order, or to an entry that the order does not have
 */
export function checkLayers(
  order: readonly (readonly string[])[],
  imports: readonly SourceImport[],
): string[] {
  const layerOf = (entry: string): number => order.findIndex((layer) => layer.includes(entry));
  return imports.flatMap(({ from, to, line }) => {
    const [upper, lower] = [topOf(from), topOf(to)];
    if (upper === lower) return [];
    for (const entry of [upper, lower])
      if (layerOf(entry) < 0)
        return [`${from}:${line}: ${entry} has no place in the order; add it to layers.ts`];
    if (layerOf(upper) <= layerOf(lower)) return [];
    return [
      `${from}:${line}: ${upper} may not import from ${lower} (${to}), which is above it; move what both need to a lower folder`,
    ];
  });
}

function addEdge(edges: Map<string, Set<string>>, from: string, to: string): void {
  edges.set(from, (edges.get(from) ?? new Set()).add(to));
}

/** Every shortest way from a node back to itself, as text; each cycle once. */
function findCycles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found = new Map<string, string>();
  for (const start of edges.keys()) {
    const previous = new Map<string, string>();
    const queue = [start];
    search: for (const node of queue)
      for (const next of edges.get(node) ?? []) {
        if (next === start) {
          const path = [node];
          for (let at = node; at !== start; path.unshift(at)) at = previous.get(at) ?? start;
          const key = path.toSorted().join();
          if (!found.has(key)) found.set(key, [...path, start].join(' -> '));
          break search;
        }
        if (previous.has(next)) continue;
        previous.set(next, node);
        queue.push(next);
      }
  }
  return [...found.values()];
}

/** The folders of two files at the level where they part: `settings/rules` and `settings`, `http` and `store` … */
function foldersOf({ from, to }: SourceImport): readonly [string, string] {
  const [a, b] = [from.split('/').slice(0, -1), to.split('/').slice(0, -1)];
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a[shared] === b[shared]) shared += 1;
  return [a.slice(0, shared + 1).join('/'), b.slice(0, shared + 1).join('/')];
}

/**
 * @returns one sentence for each cycle of imports between files, or between two folders that lie in the same folder. A
 *   folder and its own subfolder are one unit: the registry of strategies imports the strategies, which import their
 *   interface.
 */
export function checkCycles(imports: readonly SourceImport[]): string[] {
  const files = new Map<string, Set<string>>();
  const folders = new Map<string, Set<string>>();
  for (const each of imports) {
    addEdge(files, each.from, each.to);
    const [from, to] = foldersOf(each);
    const isNested =
      from === '' || to === '' || from.startsWith(`${to}/`) || to.startsWith(`${from}/`);
    if (from !== to && !isNested) addEdge(folders, from, to);
  }
  return [
    ...findCycles(files).map((cycle) => `cycle of files: ${cycle}`),
    ...findCycles(folders).map((cycle) => `cycle of folders: ${cycle}`),
  ];
}
