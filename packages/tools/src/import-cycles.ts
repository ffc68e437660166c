import type { FileImport } from './check-imports.ts';

/** For each node the nodes that it imports, with the file and line of the first such import. */
type Edges = Map<string, Map<string, string>>;

function addEdge(edges: Edges, from: string, to: string, at: string): void {
  const targets = edges.get(from) ?? new Map<string, string>();
  if (!targets.has(to)) targets.set(to, at);
  edges.set(from, targets);
}

/** Returns the shortest path from a node back to itself, for each node that has one; each cycle once. */
function findCycles(edges: Edges): (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const start of edges.keys()) {
    const cycle = shortestCycle(edges, start);
    const key = cycle.toSorted().join('\n');
    if (cycle.length > 0 && !found.has(key)) found.set(key, cycle);
  }
  return [...found.values()];
}

/** Searches breadth first. Returns the nodes of the cycle without repeating the first, or none. */
function shortestCycle(edges: Edges, start: string): readonly string[] {
  const previous = new Map<string, string>();
  const queue = [start];
  for (const node of queue)
    for (const next of edges.get(node)?.keys() ?? []) {
      if (next === start) {
        const path = [node];
        for (let at = node; at !== start; path.unshift(at)) at = previous.get(at) ?? start;
        return path;
      }
      if (previous.has(next)) continue;
      previous.set(next, node);
      queue.push(next);
    }
  return [];
}

/** Returns the folders of two files at the level where their paths differ: `settings/rules` and `settings/sources`. */
function foldersOf({ from, to }: FileImport): readonly [string, string] {
  const [a, b] = [from.split('/').slice(0, -1), to.split('/').slice(0, -1)];
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a[shared] === b[shared]) shared += 1;
  return [a.slice(0, shared + 1).join('/'), b.slice(0, shared + 1).join('/')];
}

function describe(edges: Edges, cycles: readonly (readonly string[])[], unit: string): string[] {
  return cycles.map((cycle) => {
    const [first = '', second = first] = cycle;
    return (
      `${edges.get(first)?.get(second)}: these ${unit}s import each other: ${[...cycle, first].join(' -> ')}. ` +
      `Move the code that they share to a ${unit} that imports none of them.`
    );
  });
}

/**
 * Finds the cycles of imports between files.
 * @returns one sentence per cycle, with the file and line of one of its imports
 */
export function checkFileCycles(imports: readonly FileImport[]): string[] {
  const edges: Edges = new Map();
  for (const { from, to, line } of imports) addEdge(edges, from, to, `${from}:${line}`);
  return describe(edges, findCycles(edges), 'file');
}

/**
 * Finds the cycles of imports between folders that are in the same folder. A folder and its own subfolder count as one
 * unit: a registry of strategies imports the strategies, and they import their interface from the registry's folder.
 * @returns one sentence per cycle, with the file and line of one of its imports
 */
export function checkFolderCycles(imports: readonly FileImport[]): string[] {
  const edges: Edges = new Map();
  for (const each of imports) {
    const [from, to] = foldersOf(each);
    const isNested = from.startsWith(`${to}/`) || to.startsWith(`${from}/`);
    if (from !== to && !isNested) addEdge(edges, from, to, `${each.from}:${each.line}`);
  }
  return describe(edges, findCycles(edges), 'folder');
}
