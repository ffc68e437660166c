import { Agent, request } from 'node:https';

export interface HttpsClient {
  /** Returns the body of a 200 response. Rejects for any other status. */
  send(url: string, options?: { headers?: Record<string, string>; body?: string }): Promise<Buffer>;
  close(): void;
}

/** Creates a client with one keep-alive connection and without compression. */
export function createHttpsClient(ca: string): HttpsClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca });
  return {
    send: (url, { headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const method = body === undefined ? 'GET' : 'POST';
        const sent = request(url, { agent, method, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const whole = Buffer.concat(chunks);
            if (response.statusCode === 200) resolve(whole);
            else
              reject(new Error(`${response.statusCode} ${whole.toString('utf8').slice(0, 300)}`));
          });
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => {
      agent.destroy();
    },
  };
}
