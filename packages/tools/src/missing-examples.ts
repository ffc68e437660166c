import { parseSync, Visitor } from 'vite';

/** A public function or method whose documentation lacks an example. */
export interface MissingExample {
  readonly name: string;
  /** The number of its line, counted from 1. */
  readonly line: number;
}

interface Node {
  readonly type: string;
  readonly start: number;
}

interface Export {
  /** The file of the declaration, as the entry writes it. */
  readonly from: string;
  readonly name: string;
}

function parse(file: string, source: string) {
  const { program, comments, errors } = parseSync(file, source);
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
  return { program, comments };
}

function nameOf(node: unknown): string | undefined {
  const { name, value } = (node ?? {}) as { readonly name?: unknown; readonly value?: unknown };
  if (typeof name === 'string') return name;
  return typeof value === 'string' ? value : undefined;
}

/** Returns what an entry file exports from other files. */
export function readExports(file: string, source: string): readonly Export[] {
  const found: Export[] = [];
  new Visitor({
    ExportNamedDeclaration({ source: from, specifiers }) {
      if (from === null) return;
      for (const { local } of specifiers)
        found.push({ from: from.value, name: nameOf(local) ?? '' });
    },
  }).visit(parse(file, source).program);
  return found;
}

/** Methods that the language calls, not the program. */
const implicitMethods = new Set(['toJSON', 'toString', 'constructor']);

/**
 * Finds the functions, methods of interfaces and methods of classes without `@example` in their documentation. A method
 * is also documented by an example of its interface or class that calls it.
 * @param names the declarations that are public
 * @throws {Error} if the source has a syntax error
 */
export function findMissingExamples(
  file: string,
  source: string,
  names: ReadonlySet<string>,
): readonly MissingExample[] {
  const { program, comments } = parse(file, source);
  const found: MissingExample[] = [];
  /** Returns the `@example` part of the comment before a declaration; undefined when it has none. */
  function exampleOf({ start }: Node): string | undefined {
    const documentation = comments.findLast(
      ({ end }) => end <= start && /^(?:\s|export|async|default)*$/u.test(source.slice(end, start)),
    );
    return documentation?.value.split('@example').slice(1).join('') || undefined;
  }
  function report(name: string, { start }: Node): void {
    found.push({ name, line: source.slice(0, start).split('\n').length });
  }
  function checkMembers(owner: string, type: Node, members: readonly Node[], kind: string): void {
    const together = exampleOf(type) ?? '';
    for (const member of members) {
      const { key, computed } = member as Node & { readonly key?: unknown; computed?: boolean };
      const name = computed === true ? undefined : nameOf(key);
      if (name === undefined || implicitMethods.has(name) || member.type !== kind) continue;
      const isShown = together.includes(`.${name}(`) || together.includes(`.${name}?.(`);
      if (!isShown && exampleOf(member) === undefined) report(`${owner}.${name}`, member);
    }
  }
  new Visitor({
    FunctionDeclaration(node) {
      if (node.id !== null && names.has(node.id.name) && exampleOf(node) === undefined)
        report(node.id.name, node);
    },
    TSInterfaceDeclaration(node) {
      const { id, body } = node;
      if (names.has(id.name)) checkMembers(id.name, node, body.body, 'TSMethodSignature');
    },
    ClassDeclaration(node) {
      const { id, body } = node;
      if (id !== null && names.has(id.name))
        checkMembers(id.name, node, body.body, 'MethodDefinition');
    },
  }).visit(program);
  return found;
}
