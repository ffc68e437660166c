import {
  createScanner,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';

import type { Report } from '../report.ts';

/** One member of an object in a JSON text, with the places of its name and its value as `file:line:column`. */
export interface JsonMember {
  readonly key: string;
  /** Objects in it have no prototype, so that no key of theirs means anything but itself. */
  readonly value: unknown;
  readonly keySource: string;
  readonly source: string;
  /** The members of the value, when that is an object. */
  readonly members: readonly JsonMember[] | undefined;
}

const maximumDepth = 32;
const maximumErrors = 5;

const sentences: Readonly<Record<string, string>> = {
  InvalidSymbol: 'there is a word that is no JSON value',
  InvalidNumberFormat: 'there is a malformed number',
  PropertyNameExpected: 'a key in double quotes is expected here (a comma too many?)',
  ValueExpected: 'a value is expected here (a comma too many?)',
  ColonExpected: 'a colon is expected here',
  CommaExpected: 'a comma is expected here',
  CloseBraceExpected: 'a closing brace is expected here',
  CloseBracketExpected: 'a closing bracket is expected here',
  EndOfFileExpected: 'there is more text after the end',
  UnexpectedEndOfComment: 'a comment does not end',
  UnexpectedEndOfString: 'a string does not end on its line',
  UnexpectedEndOfNumber: 'a number does not end',
  InvalidUnicode: 'there is a malformed \\u escape',
  InvalidEscapeCharacter: 'there is an unknown escape in a string (write \\\\ for a backslash)',
  InvalidCharacter: 'there is a control character in a string',
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

/** The offset where the text nests too deep for any settings; found without recursion, before the parser recurses. */
function offsetOfDepth(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (;;) {
    // The scanner's token numbers are fixed: 1 { 2 } 3 [ 4 ] 17 end.
    const token: number = scanner.scan();
    if (token === 17) return undefined;
    if (token === 1 || token === 3) depth += 1;
    if (token === 2 || token === 4) depth -= 1;
    if (depth > maximumDepth) return scanner.getTokenOffset();
  }
}

function membersOf(
  object: Node,
  at: (offset: number) => string,
  report: Report,
): readonly JsonMember[] {
  const seen = new Map<string, string>();
  return (object.children ?? []).flatMap((property) => {
    const [keyNode, valueNode] = property.children ?? [];
    if (keyNode === undefined || valueNode === undefined) return [];
    const key = String(keyNode.value);
    const keySource = at(keyNode.offset);
    const first = seen.get(key);
    if (first !== undefined) {
      report.mistake({
        path: key,
        source: keySource,
        message: `the key is there twice, first at ${first}`,
        hint: 'Keep one of the two.',
      });
      return [];
    }
    seen.set(key, keySource);
    const members = valueNode.type === 'object' ? membersOf(valueNode, at, report) : undefined;
    const value: unknown = getNodeValue(valueNode);
    return [{ key, value, keySource, source: at(valueNode.offset), members }];
  });
}

/**
 * Reads JSON with `//` and block comments, without trailing commas, whose outermost value is an object.
 * @param name what places begin with: the file's name
 * @returns undefined after telling `report` each fault with its line and column, never the text itself
 */
export function parseJsonDocument(
  text: string,
  name: string,
  report: Report,
): readonly JsonMember[] | undefined {
  const at = locate(text, name);
  const complain = (source: string, message: string, hint: string): undefined =>
    report.mistake({ path: 'config', source, message, hint }) as undefined;

  const deep = offsetOfDepth(text);
  if (deep !== undefined)
    return complain(at(deep), 'nests deeper than any settings', 'Remove the nesting.');

  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: false });
  // One slip makes the parser complain twice of the same place.
  const first = errors.filter(({ offset }, index) => errors[index - 1]?.offset !== offset);
  for (const { error, offset } of first.slice(0, maximumErrors)) {
    const sentence = sentences[printParseErrorCode(error)] ?? 'this is not JSON';
    complain(at(offset), sentence, 'Correct the JSON at this place.');
  }
  if (errors.length > 0) return undefined;
  if (root?.type !== 'object')
    return complain(at(root?.offset ?? 0), 'is not a JSON object', 'Begin the file with {.');
  return membersOf(root, at, report);
}
