const label = '([A-Z0-9][A-Z0-9 ]*?)';

/** A PEM block. Blanks in its first and last line are accepted, because e-mail programs and forms add them. */
const block = new RegExp(
  `-----\\s*BEGIN ${label}\\s*-----([\\s\\S]*?)-----\\s*END \\1\\s*-----`,
  'gu',
);
const firstLine = new RegExp(`-----\\s*BEGIN ${label}\\s*-----`, 'gu');

/** The headers of a key that OpenSSL encrypted in its traditional format (RFC 1421, section 4.6). */
const encryption = /^\s*Proc-Type:\s*4,ENCRYPTED\s+DEK-Info:\s*([A-Z0-9-]+,[0-9A-F]+)\s+/iu;

/** A block of PEM text. */
export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY` … */
  readonly label: string;
  /** The block with line breaks where OpenSSL requires them. */
  readonly text: string;
  readonly isEncrypted: boolean;
}

function wrapped(base64: string): string {
  return (base64.replace(/\s+/gu, '').match(/.{1,64}/gu) ?? []).join('\n');
}

function pemBlock(name: string, body: string): PemBlock {
  const [headers = '', parameters] = encryption.exec(body) ?? [];
  const lines =
    parameters === undefined ? '' : `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${parameters}\n\n`;
  return {
    label: name,
    text: `-----BEGIN ${name}-----\n${lines}${wrapped(body.slice(headers.length))}\n-----END ${name}-----\n`,
    isEncrypted: parameters !== undefined || name === 'ENCRYPTED PRIVATE KEY',
  };
}

/** Variables of pipelines contain `\n` as two characters, because they are written on one line. */
function withLineBreaks(text: string): string {
  return text.replace(/(?:\\r)?\\n/gu, '\n');
}

/** Returns whether the text has the first line of a PEM block. */
export function isPem(text: string): boolean {
  return /-----\s*BEGIN /u.test(text);
}

/** Returns every whole block of PEM text, with any line breaks. */
export function pemBlocks(text: string): readonly PemBlock[] {
  return Array.from(withLineBreaks(text).matchAll(block), ([, name = '', body = '']) =>
    pemBlock(name, body),
  );
}

/** Returns the label of the first block whose last line is missing, as when a variable contains only one line. */
export function truncatedBlock(text: string): string | undefined {
  const rest = withLineBreaks(text).replace(block, '');
  const [found] = rest.matchAll(firstLine);
  return found?.[1];
}

/** Returns the text of a file in UTF-8 or UTF-16, without the byte order mark. */
export function textOfBytes(bytes: Buffer): string {
  const [first, second] = bytes;
  const isBigEndian = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const isLittleEndian = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = isBigEndian
    ? Buffer.from(even).swap16().toString('utf16le')
    : bytes.toString(isLittleEndian ? 'utf16le' : 'utf8');
  return text.replace(/^\uFEFF/u, '');
}
