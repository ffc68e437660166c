import {
  createScanner,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';

import type { IssueReport } from '../collect-issues.ts';
import type { Sealer } from '../setting-value.ts';

/** A member of an object in a JSON text, with the positions of its name and its value as `file:line:column`. */
export interface JsonMember {
  readonly key: string;
  /** Sealed unless the setting is known not to be secret; an object without its members. */
  readonly value: unknown;
  readonly keySource: string;
  readonly source: string;
  /** The members of the value, if it is an object. */
  readonly members: readonly JsonMember[] | undefined;
}

const maximumDepth = 32;
const maximumErrors = 5;

/** By the error codes of jsonc-parser. */
const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: 'Unexpected token',
  InvalidNumberFormat: 'Invalid number',
  PropertyNameExpected: 'Expected a quoted key (trailing comma?)',
  ValueExpected: 'Expected a value (trailing comma?)',
  ColonExpected: 'Expected a colon',
  CommaExpected: 'Expected a comma',
  CloseBraceExpected: 'Expected a closing brace',
  CloseBracketExpected: 'Expected a closing bracket',
  EndOfFileExpected: 'Unexpected text after the end of the object',
  UnexpectedEndOfComment: 'Unterminated comment',
  UnexpectedEndOfString: 'Unterminated string',
  UnexpectedEndOfNumber: 'Unterminated number',
  InvalidUnicode: 'Invalid \\u escape',
  InvalidEscapeCharacter: 'Invalid escape in a string (write \\\\ for a backslash)',
  InvalidCharacter: 'Invalid control character in a string',
};

function locate(text: string, name: string): (offset: number) => string {
  const starts = [
    0,
    ...Array.from(text.matchAll(/\r\n|\n|\r/gu), (end) => end.index + end[0].length),
  ];
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return `${name}:${line + 1}:${offset - (starts[line] ?? 0) + 1}`;
  };
}

/**
 * Returns the offset where the nesting becomes too deep. Does not recurse, unlike the parser, which runs afterwards.
 */
function offsetOfDepth(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (;;) {
    // jsonc-parser exports its token types as a const enum: 1 { 2 } 3 [ 4 ] 17 end of file.
    const token: number = scanner.scan();
    if (token === 17) return undefined;
    if (token === 1 || token === 3) depth += 1;
    if (token === 2 || token === 4) depth -= 1;
    if (depth > maximumDepth) return scanner.getTokenOffset();
  }
}

interface MembersContext {
  /** Returns the position of an offset. */
  readonly at: (offset: number) => string;
  readonly seal: Sealer;
  readonly report: IssueReport;
}

function membersOf(object: Node, prefix: string, context: MembersContext): readonly JsonMember[] {
  const { at, seal, report } = context;
  const seen = new Map<string, string>();
  return (object.children ?? []).flatMap((property) => {
    const [keyNode, valueNode] = property.children ?? [];
    if (keyNode === undefined || valueNode === undefined) return [];
    const key = String(keyNode.value);
    const keySource = at(keyNode.offset);
    const first = seen.get(key);
    if (first !== undefined) {
      report.error({
        path: key,
        source: keySource,
        message: `duplicate key, first at ${first}`,
        hint: 'Remove one of the two.',
      });
      return [];
    }
    seen.set(key, keySource);
    const path = `${prefix}${key}`;
    const members =
      valueNode.type === 'object'
        ? // A profile has the same keys as a file without profiles.
          membersOf(valueNode, prefix === 'profiles.' ? '' : `${path}.`, context)
        : undefined;
    const value = seal(path, members === undefined ? getNodeValue(valueNode) : {});
    return [{ key, value, keySource, source: at(valueNode.offset), members }];
  });
}

/** How a JSON document is read. */
export interface JsonContext {
  /** The file name, with which every position starts. */
  readonly name: string;
  readonly seal: Sealer;
}

/**
 * Reads JSON with line and block comments and without trailing commas, whose outermost value is an object.
 * @returns undefined after reporting each syntax error with its line and column; no message contains text of the
 *   document
 */
export function parseJsonDocument(
  text: string,
  { name, seal }: JsonContext,
  report: IssueReport,
): readonly JsonMember[] | undefined {
  const at = locate(text, name);
  function fail(offset: number, message: string, hint: string): undefined {
    report.error({ path: 'config', source: at(offset), message, hint });
  }

  const tooDeep = offsetOfDepth(text);
  if (tooDeep !== undefined)
    return fail(tooDeep, 'The JSON is nested too deeply', 'Remove the nesting.');

  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: false });
  // The parser reports some errors twice at the same offset.
  const distinct = errors.filter(({ offset }, index) => errors[index - 1]?.offset !== offset);
  for (const { error, offset } of distinct.slice(0, maximumErrors)) {
    const message = messages[printParseErrorCode(error)] ?? 'Invalid JSON';
    fail(offset, message, 'Correct the JSON at this position.');
  }
  if (errors.length > 0) return undefined;
  if (root?.type !== 'object')
    return fail(root?.offset ?? 0, 'Expected a JSON object', 'Begin the file with {.');
  return membersOf(root, '', { at, seal, report });
}
