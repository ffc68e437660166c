import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

import type { HttpRequest, HttpResponse } from '../../ports.ts';

/** Sends one request of MSAL. */
export type SendRequest = (request: HttpRequest) => Promise<{
  readonly response: HttpResponse;
  readonly body: unknown;
}>;

export interface RecordingNetworkModule extends INetworkModule {
  /**
   * Returns the error of the last request. MSAL replaces the errors of a network module by its own, without a cause.
   */
  failure(): unknown;
}

/**
 * Creates a network module for MSAL that sends requests through `sendRequest`. MSAL's own module follows redirects
 * with the client secret, has no timeout for token requests, and discards status and Retry-After of a response that
 * is not JSON.
 */
export function createNetworkModule(
  sendRequest: SendRequest,
  signal: AbortSignal | undefined,
): RecordingNetworkModule {
  let failure: unknown;
  async function send<T>(
    method: 'GET' | 'POST',
    address: string,
    options: NetworkRequestOptions | undefined,
  ): Promise<NetworkResponse<T>> {
    try {
      const headers = Object.fromEntries(
        Object.entries(options?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const { response, body } = await sendRequest({
        method,
        url: new URL(address),
        headers,
        body: method === 'POST' ? (options?.body ?? '') : undefined,
        signal,
      });
      return { status: response.status, headers: { ...response.headers }, body: body as T };
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
    failure: () => failure,
  };
}
