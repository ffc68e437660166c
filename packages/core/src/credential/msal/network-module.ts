import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

import type { HttpRequest, HttpResponse } from '../../ports.ts';

/** Answers one request of MSAL's, or throws. */
export type SendRequest = (request: HttpRequest) => Promise<{
  readonly response: HttpResponse;
  readonly body: unknown;
}>;

export interface RecordingNetworkModule extends INetworkModule {
  /** Why the last exchange failed. MSAL replaces whatever a network module throws by an error without a cause. */
  failure(): unknown;
}

/**
 * Puts our way of sending under MSAL. MSAL's own follows redirects with the secret in hand, has no timeout on
 * token posts, and loses status and Retry-After when an answer is no JSON.
 */
export function createNetworkModule(
  exchange: SendRequest,
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
      const { response, body } = await exchange({
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
