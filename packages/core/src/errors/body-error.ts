import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** What was wrong with the body. */
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
  truncated: 'ends too early',
  corrupt: 'does not decompress',
  'too-large': 'is larger than we accept',
  'too-deep': 'nests deeper than we accept',
  'duplicate-keys': 'gives a key twice',
  length: 'has another length than its header says',
  encoding: 'is not valid UTF-8',
  'not-json': 'is not JSON',
  shape: 'is not what was asked for',
};

export interface BodyFacts extends Partial<ErrorFacts> {
  readonly status: number;
  /** Bytes read, as far as reading went. */
  readonly length: number;
  readonly contentType?: string | undefined;
}

/** An answer whose body cannot be believed. Nothing of it was used. */
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
      `The body of an answer ${faults[fault]} (status ${status}, ${length} bytes, ${contentType ?? 'no content type'}).`,
      {
        hint: 'Try again; if it stays, look for a proxy or gateway that changes answers on the way.',
        // A broken body is the network's bad day until it has been so eight times; a bomb stays one.
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
