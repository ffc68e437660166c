import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';

import { readBody } from '../http/read-body.ts';
import type { CertifiedKey } from '../tls/certificates.ts';

/** The requests that the hostile origin received. With a careful client every number is 0. */
export interface HostileRequests {
  readonly connections: number;
  readonly requests: number;
  /** Requests with a bearer token, a secret or an assertion in a header or in the body. */
  readonly credentials: number;
}

export interface HostileOrigin {
  readonly https: string;
  readonly http: string;
  received(): HostileRequests;
  clear(): void;
  close(): Promise<void>;
}

const credentialHeaders = ['authorization', 'cookie', 'x-identity-header', 'x-api-key'];
const credentialFields = /(?:^|&)(?:client_secret|client_assertion|assertion|password)=./u;

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/**
 * Starts two origins on loopback: HTTPS, with a certificate that clients of the tenant trust, so that only a check of
 * the client prevents a request; and plain HTTP. They respond like Graph, and count connections, requests and
 * credentials.
 */
export async function startHostileOrigin(certificate: CertifiedKey): Promise<HostileOrigin> {
  let [connections, requests, credentials] = [0, 0, 0];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests += 1;
    const body = (await readBody(request))?.toString('latin1') ?? '';
    const carries = credentialHeaders.some((name) => request.headers[name] !== undefined);
    if (carries || credentialFields.test(body)) credentials += 1;
    response.setHeader('content-type', 'application/json');
    response.end(
      '{"value":[{"id":"hostile","displayName":"Hostile"}],"access_token":"hostile","token_type":"Bearer","expires_in":3599}',
    );
  };
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(() => response.destroy());
  };
  const secure = createHttpsServer(
    { key: certificate.privateKey, cert: certificate.certificate },
    serve,
  );
  const plain = createHttpServer(serve);
  for (const server of [secure, plain])
    server.on('connection', () => {
      connections += 1;
    });
  const [httpsPort, httpPort] = await Promise.all([listen(secure), listen(plain)]);
  return {
    https: `https://127.0.0.1:${httpsPort}`,
    http: `http://127.0.0.1:${httpPort}`,
    received: () => ({ connections, requests, credentials }),
    clear() {
      [connections, requests, credentials] = [0, 0, 0];
    },
    async close() {
      await Promise.all(
        [secure, plain].map(
          (server) =>
            new Promise<void>((resolve) => {
              server.close(() => resolve());
              server.closeAllConnections();
            }),
        ),
      );
    },
  };
}
