import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** What is wrong with a response body. */
export type BodyFault =
  | 'truncated'
  | 'corrupt'
  | 'too-large'
  | 'too-deep'
  | 'duplicate-keys'
  | 'length'
  | 'encoding'
  | 'not-json'
  | 'shape';

const faults: Record<BodyFault, string> = {
  truncated: 'is truncated',
  corrupt: 'cannot be decompressed',
  'too-large': 'is larger than the limit',
  'too-deep': 'is nested more deeply than the limit',
  'duplicate-keys': 'contains a key twice',
  length: 'has another length than its Content-Length header',
  encoding: 'is not valid UTF-8',
  'not-json': 'is not JSON',
  shape: 'does not have the expected structure',
};

export interface BodyFacts extends Partial<ErrorFacts> {
  readonly status: number;
  /** Bytes that were read. */
  readonly length: number;
  readonly contentType?: string | undefined;
}

/** A response body is damaged or is not what was requested. Nothing in it was used. */
export class BodyError extends DirectoryError {
  override readonly name = 'BodyError';
  readonly fault: BodyFault;
  readonly status: number;
  readonly length: number;
  readonly contentType: string | undefined;

  constructor(fault: BodyFault, facts: BodyFacts) {
    const { status, length, contentType, ...rest } = facts;
    super(
      'E_BAD_BODY',
      `The response body ${faults[fault]} (status ${status}, ${length} bytes, ${contentType ?? 'no content type'}).`,
      {
        hint: 'Try again. If the error persists, look for a proxy or gateway that changes responses.',
        // A transmission error can be gone at the next attempt; a decompression bomb stays one.
        retryable: fault !== 'too-large' && fault !== 'too-deep',
        ...rest,
      },
    );
    this.fault = fault;
    this.status = status;
    this.length = length;
    this.contentType = contentType;
  }
}
