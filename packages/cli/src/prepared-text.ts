import { readFileSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

const versionFlags: ReadonlySet<string> = new Set(['version', '--version', '-V', '-v']);
const helpFlags: ReadonlySet<string> = new Set(['--help', '-h']);

/** The width of prepared help in columns. A narrower terminal gets help that is formatted for it. */
export const preparedWidth = 80;

/** Returns whether the command line asks for the version. */
export function isVersionRequest(argv: readonly string[]): boolean {
  return argv.length === 1 && versionFlags.has(argv[0] ?? '');
}

/**
 * Returns the name of the file with the complete output of a command line, as the build writes it.
 * @returns `undefined` if the output of the command line is not prepared
 */
export function preparedTextName(argv: readonly string[]): string | undefined {
  if (isVersionRequest(argv)) return 'version';
  const typed = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  const isHelp = typed.length === 0 || helpFlags.has(typed.at(-1) ?? '');
  const words = isHelp ? typed.slice(0, -1) : typed;
  if (!words.every((word) => /^[a-z]+$/u.test(word))) return undefined;
  if (isHelp) return ['help', ...words].join('-');
  return words.length === 2 && words[0] === 'completion' ? words.join('-') : undefined;
}

function readPreparedText(name: string, folder: string): Buffer | undefined {
  try {
    return readFileSync(`${folder}/texts/${name}.txt`);
  } catch {
    // No such command, or a program that runs from its sources: the other modules produce the output, or the error.
    return undefined;
  }
}

/**
 * Writes to standard output without `process.stdout`: creating it loads Node's streams, which takes a tenth of the time
 * of Node's own start.
 * @returns whether the text was written. If not, the other modules write it again and report the error
 */
function writeText(text: Buffer): boolean {
  let written = 0;
  try {
    while (written < text.length) written += writeSync(1, text, written);
    return true;
  } catch {
    if (written === 0) return false;
    // The pipe is full: the stream waits until the reader has made room.
    process.stdout.write(text.subarray(written));
    return true;
  }
}

function isNarrowTerminal(): boolean {
  return isatty(1) && (process.stdout.columns ?? preparedWidth) < preparedWidth;
}

/**
 * Prints the version, a help page or a completion script from the file that the build has written for it.
 * @param folder the folder of the built program
 * @returns whether the text was printed
 */
export function writePreparedText(argv: readonly string[], folder: string): boolean {
  const name = preparedTextName(argv);
  if (name === undefined) return false;
  if (name.startsWith('help') && isNarrowTerminal()) return false;
  const text = readPreparedText(name, folder);
  return text !== undefined && writeText(text);
}
