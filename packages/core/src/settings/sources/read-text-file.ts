import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import type { IssueReport, Problem } from '../collect-issues.ts';

/** Far more than any settings file needs. */
const maximumBytes = 1_048_576;
const chunkBytes = 16_384;

const permissionDenied: Problem = {
  message: 'permission denied',
  hint: 'Allow the user that runs this program to read the file.',
};

const notFound: Problem = { message: 'file not found', hint: 'Check the path.' };

const isDirectory: Problem = { message: 'is a directory', hint: 'Use the path of a file.' };

/** By the error codes of Node. */
const problems: Readonly<Record<string, Problem>> = {
  ENOENT: notFound,
  ENOTDIR: notFound,
  EACCES: permissionDenied,
  EPERM: permissionDenied,
  EISDIR: isDirectory,
};

const notRegular: Problem = {
  message: 'is not a regular file',
  hint: 'Use a regular file; pipes and devices are not read.',
};

/** The expected content, for hints. */
interface ExpectedText {
  /** `the settings` */
  readonly content: string;
  /** What to do when the file is not text. */
  readonly convert: string;
}

const settingsText: ExpectedText = { content: 'the settings', convert: 'Save the file as UTF-8.' };

const tooLong = 'is larger than 1 MiB';

function problemOf(error: unknown): Problem {
  const { code } = error as { code?: unknown };
  if (code === 'ENXIO') return notRegular;
  const name = typeof code === 'string' ? code : 'unknown error';
  return problems[name] ?? { message: `cannot be read (${name})`, hint: 'Check the path.' };
}

async function bytesOf(
  file: FileHandle,
  stats: Stats,
  { content }: ExpectedText,
): Promise<Buffer | Problem> {
  if (stats.isDirectory()) return isDirectory;
  if (!stats.isFile()) return notRegular;
  const hint = `Check that this is the file with ${content}.`;
  if (stats.size > maximumBytes) return { message: tooLong, hint };
  // The size is not relied on: it is 0 in /proc, and another process can append to the file.
  const chunks: Buffer[] = [];
  let length = 0;
  while (length <= maximumBytes) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(chunkBytes) });
    if (bytesRead === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return { message: tooLong, hint };
}

function decode(bytes: Buffer, { convert }: ExpectedText): string | Problem {
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (utf16 || bytes.includes(0)) {
    return {
      message: utf16 ? 'is UTF-16' : 'is not text: it contains NUL bytes',
      hint: convert,
    };
  }
  try {
    // Removes a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { message: 'is not UTF-8', hint: convert };
  }
}

/** The content of a file, and the permission bits of its mode. */
export interface TextFile {
  readonly text: string;
  readonly mode: number;
}

/**
 * Reads a small UTF-8 text file, with or without a byte order mark. Never waits for a pipe or a device.
 * @returns undefined after reporting why the file cannot be read; no message contains its content
 */
export async function readTextFile(
  path: string,
  issue: { readonly path: string; readonly source: string },
  report: IssueReport,
  expected: ExpectedText = settingsText,
): Promise<TextFile | undefined> {
  let text: string | Problem;
  let mode = 0;
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await file.stat();
    mode = stats.mode % 0o1000;
    const bytes = await bytesOf(file, stats, expected);
    text = Buffer.isBuffer(bytes) ? decode(bytes, expected) : bytes;
    if (typeof text === 'string' && text.trim() === '')
      text = { message: 'is empty', hint: `Write ${expected.content} into it.` };
  } catch (error) {
    text = problemOf(error);
  }
  if (typeof text === 'string') return { text, mode };
  report.error({ ...issue, ...text });
  return undefined;
}
