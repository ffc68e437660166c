import type { Server, ServerResponse } from 'node:http';

/** The answers that a server is giving at the moment. */
export interface InFlight {
  /** From now on every answer says that its connection ends with it, as far as its head is not out yet. */
  closeAfterwards(): void;
}

function close(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

/** Node closes idle connections of a stopping server, but lets a busy one offer itself for the next request. */
export function watchInFlight(server: Server): InFlight {
  const answers = new Set<ServerResponse>();
  let closing = false;

  server.prependListener('request', (_request, response: ServerResponse) => {
    answers.add(response);
    response.once('close', () => answers.delete(response));
    if (closing) close(response);
  });
  return {
    closeAfterwards() {
      closing = true;
      for (const response of answers) close(response);
    },
  };
}
