import { tracingChannel } from 'node:diagnostics_channel';

import type { HttpResponse } from '../ports.ts';
import type { Layer, PipelineRequest, SendRequest } from './graph-request.ts';
import { requestChannel, type RequestMessage } from './request-channel.ts';

const channel = tracingChannel<unknown, RequestMessage>(requestChannel);

async function sendPublished(
  next: SendRequest,
  request: PipelineRequest,
  message: RequestMessage,
): Promise<HttpResponse> {
  // Headers of the request win: a subscriber adds headers, and changes none.
  const response = await next({ ...request, headers: { ...message.headers, ...request.headers } });
  message.status = response.status;
  message.requestId = response.headers['request-id'];
  return response;
}

/** Publishes each request on {@link requestChannel}, and sends the headers that a subscriber adds. */
export const publishRequests: Layer = (next) => async (request) => {
  if (!channel.hasSubscribers) return next(request);
  const { method, url } = request;
  const port = Number(url.port) || (url.protocol === 'http:' ? 80 : 443);
  const message: RequestMessage = { method, host: url.hostname, port, headers: {} };
  return channel.tracePromise(async () => sendPublished(next, request, message), message);
};
