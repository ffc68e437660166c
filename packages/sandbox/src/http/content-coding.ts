import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type ContentCoding = 'gzip' | 'br';

/** Smaller bodies gain nothing. */
const worthwhileBytes = 1_024;

/** Quick settings: the sandbox must not be what a client's benchmark measures. */
const coders: Readonly<Record<ContentCoding, (body: Buffer) => Promise<Buffer>>> = {
  gzip: (body) => promisify(gzip)(body, { level: 1 }),
  br: (body) =>
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
};

/** The coding that a client asked for and the sandbox can do, by `Accept-Encoding`; brotli before gzip, as Graph. */
export function chooseCoding(acceptEncoding: string | undefined): ContentCoding | undefined {
  const offered = new Set<string>();
  for (const part of (acceptEncoding ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((word) => word.trim());
    if (!parameters.some((parameter) => /^q=0(?:\.0*)?$/u.test(parameter))) offered.add(name);
  }
  return (['br', 'gzip'] as const).find((coding) => offered.has(coding));
}

export async function encode(
  body: Buffer,
  coding: ContentCoding | undefined,
): Promise<{ body: Buffer; coding?: ContentCoding | undefined }> {
  if (coding === undefined || body.length < worthwhileBytes) return { body };
  return { body: await coders[coding](body), coding };
}
