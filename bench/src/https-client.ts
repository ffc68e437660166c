import { Agent, request } from 'node:https';

export interface HttpsClient {
  /** The whole body of a 200; anything else is an error. */
  send(url: string, options?: { headers?: Record<string, string>; body?: string }): Promise<Buffer>;
  close(): void;
}

/** One keep-alive connection without compression. */
export function createHttpsClient(ca: string): HttpsClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca });
  return {
    send: (url, { headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const method = body === undefined ? 'GET' : 'POST';
        const sent = request(url, { agent, method, headers }, (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const whole = Buffer.concat(chunks);
            if (answer.statusCode === 200) resolve(whole);
            else reject(new Error(`${answer.statusCode} ${whole.toString('utf8').slice(0, 300)}`));
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
