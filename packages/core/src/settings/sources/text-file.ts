import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import type { Problem, Report } from '../report.ts';

/** Settings are a page of text; whatever is longer is something else. */
const maximumBytes = 1_048_576;
const chunkBytes = 16_384;

const refusals: Readonly<Record<string, Problem>> = {
  ENOENT: { message: 'there is no such file', hint: 'Check the path.' },
  ENOTDIR: { message: 'there is no such file', hint: 'Check the path.' },
  EACCES: {
    message: 'this user may not read the file',
    hint: 'Give the user that runs rollcall the right to read it.',
  },
  EPERM: {
    message: 'this user may not read the file',
    hint: 'Give the user that runs rollcall the right to read it.',
  },
  EISDIR: { message: 'is a folder', hint: 'Name the file in it.' },
};

const notRegular: Problem = {
  message: 'is not a regular file',
  hint: 'Name a regular file; pipes and devices are not read.',
};

/** What a file should be, for hints. */
interface WantedText {
  /** `the settings` */
  readonly holds: string;
  /** What to do when it is no text. */
  readonly asText: string;
}

const settingsText: WantedText = { holds: 'the settings', asText: 'Save the file as UTF-8.' };

const tooLong = 'is longer than 1 MiB';

function problemOf(error: unknown): Problem {
  const { code } = error as { code?: unknown };
  if (code === 'ENXIO') return notRegular;
  const name = typeof code === 'string' ? code : 'unknown error';
  return refusals[name] ?? { message: `cannot be read (${name})`, hint: 'Check the path.' };
}

async function bytesOf(file: FileHandle, { holds }: WantedText): Promise<Buffer | Problem> {
  const stats = await file.stat();
  if (stats.isDirectory()) return refusals['EISDIR'] ?? notRegular;
  if (!stats.isFile()) return notRegular;
  const hint = `Name the file with ${holds}; it is far smaller.`;
  if (stats.size > maximumBytes) return { message: tooLong, hint };
  // Read to the end all the same: the size is 0 in /proc, and any file may still be growing.
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

function decode(bytes: Buffer, { asText }: WantedText): string | Problem {
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (utf16 || bytes.includes(0)) {
    return {
      message: utf16 ? 'is UTF-16' : 'is not text: it holds NUL bytes',
      hint: asText,
    };
  }
  try {
    // Takes the byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { message: 'is not UTF-8', hint: asText };
  }
}

/**
 * Reads a small UTF-8 text file, a byte order mark allowed, and never waits for a pipe or a device.
 * @returns undefined after telling `report` why there is no text; nothing of the content is ever told
 */
export async function readTextFile(
  path: string,
  shown: { readonly path: string; readonly source: string },
  report: Report,
  wanted: WantedText = settingsText,
): Promise<string | undefined> {
  let text: string | Problem;
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const bytes = await bytesOf(file, wanted);
    text = Buffer.isBuffer(bytes) ? decode(bytes, wanted) : bytes;
    if (typeof text === 'string' && text.trim() === '') {
      text = { message: 'is empty', hint: `Put ${wanted.holds} into it.` };
    }
  } catch (error) {
    text = problemOf(error);
  }
  if (typeof text === 'string') return text;
  report.mistake({ ...shown, ...text });
  return undefined;
}
