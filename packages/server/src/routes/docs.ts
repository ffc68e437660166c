import { defineRoute, type Docs, type Route } from '../route.ts';

/** The page loads its own files, and sends requests to this server only. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  'img-src data:',
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** One file of the page. Browsers request it without a credential, and it contains nothing about the tenant. */
function docsFile(
  path: string,
  summary: string,
  type: string,
  text: (docs: Docs) => string,
): Route {
  return defineRoute({
    path,
    summary,
    role: 'anyone',
    input: {},
    handler:
      ({ docs }) =>
      (_parameters, { response }) => {
        response.set('Content-Security-Policy', policy).type(type).send(text(docs));
      },
  });
}

export const docs = docsFile('/docs', 'A page to read and try the interface', 'html', (of) =>
  of.page(),
);
export const docsStyle = docsFile('/docs/style.css', 'The style sheet of the page', 'css', (of) =>
  of.style(),
);
export const docsScript = docsFile('/docs/script.js', 'The script of the page', 'js', (of) =>
  of.script(),
);
