import type { RequestHandler } from 'express';

const headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** People's data: not to be kept, framed, guessed at or read from another origin. */
export function securityHeaders(): RequestHandler {
  return (_request, response, next) => {
    response.set(headers);
    next();
  };
}
