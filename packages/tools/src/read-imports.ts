import { parseSync, Visitor } from 'vite';

/** One import in a source file. */
export interface Import {
  /** The specifier, or undefined if it is computed at run time. */
  readonly specifier: string | undefined;
  /** The number of the line, counted from 1. */
  readonly line: number;
}

interface Position {
  readonly start: number;
}

/**
 * Reads the imports of one source file: static, dynamic and type-only imports, re-exports, and types such as
 * `import('./a.ts').A`. Imports in comments and strings are not read.
 * @param file the name of the file, whose extension decides whether it is TypeScript
 * @returns the imports in the order of the file
 * @throws {Error} if the source has a syntax error
 */
export function readImports(file: string, source: string): readonly Import[] {
  const { program, errors } = parseSync(file, source);
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
  const found: (Position & { readonly specifier: string | undefined })[] = [];
  const add = (node: { readonly source: Position | null }): void => {
    if (node.source !== null)
      found.push({ start: node.source.start, specifier: textOf(node.source) });
  };
  new Visitor({
    ImportDeclaration: add,
    ExportNamedDeclaration: add,
    ExportAllDeclaration: add,
    ImportExpression: add,
    TSImportType: add,
    TSExternalModuleReference: ({ expression }) => {
      add({ source: expression });
    },
  }).visit(program);
  return found
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, specifier }) => ({
      specifier,
      line: source.slice(0, start).split('\n').length,
    }));
}

/** Returns the text of a string literal, or undefined for another expression. */
function textOf(node: object): string | undefined {
  return 'value' in node && typeof node.value === 'string' ? node.value : undefined;
}
