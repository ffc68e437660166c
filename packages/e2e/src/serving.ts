import type { Finished, Running, StartOptions } from './processes.ts';
import type { Printed, Stage } from './stage.ts';

/** One answer of the server, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The server in its own process, with everything it ever sent to us. */
export interface Serving extends AsyncDisposable {
  readonly url: string;
  readonly running: Running;
  /** Asks, by path or by a link of the server's own. */
  get(pathOrLink: string, init?: RequestInit): Promise<Answer>;
  /** As {@link get}, for a body of JSON. */
  json<Body>(pathOrLink: string): Promise<Body>;
  /** Headers and bodies, as the canary search takes them. */
  readonly sent: readonly Printed[];
  stop(): Promise<Finished>;
}

export async function startServing(
  stage: Stage,
  flags: readonly string[],
  options?: StartOptions,
): Promise<Serving> {
  const running = stage.start('server', ['--port', '0', ...flags], options);
  const { url } = JSON.parse(await running.line()) as { readonly url: string };
  const sent: Printed[] = [];
  const get: Serving['get'] = async (pathOrLink, init) => {
    const answer = await fetch(new URL(pathOrLink, url), init);
    const text = await answer.text();
    sent.push({
      args: ['GET', pathOrLink],
      stdout: text,
      stderr: JSON.stringify([...answer.headers]),
    });
    return { status: answer.status, headers: answer.headers, text };
  };
  return {
    url,
    running,
    get,
    json: async (pathOrLink) => JSON.parse((await get(pathOrLink)).text),
    sent,
    stop: () => running.stop(),
    async [Symbol.asyncDispose]() {
      await running.stop();
    },
  };
}
