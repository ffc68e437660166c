import { request } from 'node:https';

/** Reads a JSON document. */
export type FetchJson = (url: URL) => Promise<unknown>;

/** Milliseconds for the whole document, and bytes. */
const timeout = 5_000;
const longest = 262_144;

/**
 * Creates a reader of JSON documents over HTTPS. Redirects are errors; time and size are limited.
 * @param ca PEM of additional certificate authorities
 */
export function createFetchJson(ca: readonly string[] | undefined): FetchJson {
  return async (url) => {
    const signal = AbortSignal.timeout(timeout);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const sent = request(url, { signal, ...(ca === undefined ? {} : { ca: [...ca] }) });
    sent.once('error', reject);
    sent.once('response', (response) => {
      if (response.statusCode !== 200) {
        response.destroy();
        reject(new Error(`status ${response.statusCode}`));
        return;
      }
      const pieces: Buffer[] = [];
      let length = 0;
      response.on('data', (piece: Buffer) => {
        pieces.push(piece);
        length += piece.length;
        if (length > longest) response.destroy(new Error('the document is too long'));
      });
      response.once('error', reject);
      response.once('end', () => {
        try {
          resolve(JSON.parse(Buffer.concat(pieces).toString('utf8')));
        } catch (error) {
          reject(error);
        }
      });
    });
    sent.end();
    return promise;
  };
}
