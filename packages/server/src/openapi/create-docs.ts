import type { Docs } from '../route.ts';
import { version } from '../version.ts';
import { createOpenApi, type OpenApiDocument, type OpenApiOptions } from './create-openapi.ts';
import { renderDocsPage } from './docs-page.ts';
import { docsScript } from './docs-script.ts';
import { docsStyle } from './docs-style.ts';

/** Creates the interface document and its page; both are built when they are first requested. */
export function createDocs(options: Omit<OpenApiOptions, 'version'>): Docs {
  let built: { readonly document: string; readonly page: string } | undefined;
  const build = () => {
    const document: OpenApiDocument = createOpenApi({ ...options, version: version() });
    return { document: JSON.stringify(document), page: renderDocsPage(document) };
  };
  return {
    document: () => (built ??= build()).document,
    page: () => (built ??= build()).page,
    style: () => docsStyle,
    script: () => docsScript,
  };
}
