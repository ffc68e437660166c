import { DirectoryError, type ErrorFacts } from './directory-error.ts';

export interface GatewayFacts extends Partial<ErrorFacts> {
  readonly status: number;
  readonly contentType?: string | undefined;
}

/** A proxy, a web filter or a gateway responded in place of Graph: the body is not Graph's. */
export class GatewayError extends DirectoryError {
  override readonly name = 'GatewayError';
  readonly status: number;
  readonly contentType: string | undefined;

  constructor({ status, contentType, ...rest }: GatewayFacts) {
    super(
      'E_GATEWAY',
      `A proxy or gateway responded in place of Graph (status ${status}, ${contentType ?? 'no content type'}).`,
      {
        hint: 'Ask the operator of the network to let requests to Microsoft Graph pass, or correct the settings of the proxy.',
        ...rest,
      },
    );
    this.status = status;
    this.contentType = contentType;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, contentType: this.contentType };
  }
}
