import type { OpenApiDocument } from './create-openapi.ts';
import { scriptPath, stylePath } from './docs-paths.ts';

/** The part of a parameter that the page shows. */
interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean | undefined;
  readonly description?: string | undefined;
  readonly schema?: { readonly description?: string | undefined } | undefined;
}

interface Operation {
  readonly operationId?: string | undefined;
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly parameters?: readonly Parameter[] | undefined;
  readonly responses?: Readonly<
    Record<string, { readonly description?: string; readonly content?: object }>
  >;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? character);
}

function parameterRow({ in: place, name, required, description, schema }: Parameter): string {
  const explained = description ?? schema?.description ?? '';
  return `<label><code>${escapeHtml(name)}</code><small>${place}</small>
<input name="${escapeHtml(name)}" data-in="${place}"${required === true ? ' required' : ''} autocomplete="off" spellcheck="false">
<span>${escapeHtml(explained)}</span></label>`;
}

function responseRow([status, { description = '', content = {} }]: readonly [
  string,
  { readonly description?: string; readonly content?: object },
]): string {
  const types = Object.keys(content).map((type) => `<code>${escapeHtml(type)}</code>`);
  return `<tr><td>${status}</td><td>${escapeHtml(description)}</td><td>${types.join(' ')}</td></tr>`;
}

function operationSection(path: string, operation: Operation): string {
  const {
    operationId = '',
    summary = '',
    description,
    parameters = [],
    responses = {},
  } = operation;
  return `<details id="${escapeHtml(operationId)}">
<summary><b>GET</b> <code>${escapeHtml(path)}</code> <span>${escapeHtml(summary)}</span></summary>
${description === undefined ? '' : `<p>${escapeHtml(description)}</p>`}
<form action="${relative(path)}" method="get" data-path="${relative(path)}">
${parameters.map(parameterRow).join('\n')}
<button>Send</button>
</form>
<output hidden></output>
<table><thead><tr><th>Status</th><th>Meaning</th><th>Content</th></tr></thead>
<tbody>${Object.entries(responses).map(responseRow).join('')}</tbody></table>
</details>`;
}

/** Paths without their slash are relative to the page, also behind a proxy that adds a prefix. */
function relative(path: string): string {
  return escapeHtml(path.slice(1));
}

/** Returns the page that shows the interface document and sends requests. All of its parts come from this server. */
export function renderDocsPage(document: OpenApiDocument): string {
  const { info, tags = [], paths = {} } = document;
  // A form cannot send JSON: the document alone describes the batch.
  const operations = Object.entries(paths).flatMap(([path, { get }]) =>
    get === undefined ? [] : [[path, get as unknown as Operation] as const],
  );
  const sections = tags.map(({ name, description = '' }) => {
    const own = operations.filter(([, { tags: names = [] }]) => names.includes(name));
    return `<section><h2>${escapeHtml(name)}</h2><p>${escapeHtml(description)}</p>
${own.map(([path, operation]) => operationSection(path, operation)).join('\n')}</section>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(info.title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${relative(stylePath)}">
<script src="${relative(scriptPath)}" defer></script>
</head>
<body>
<header><h1>${escapeHtml(info.title)} <small>${escapeHtml(info.version)}</small></h1>
<p>${escapeHtml(info.description ?? '')}</p>
<p>The same as a document: <a href="openapi.json">openapi.json</a> (OpenAPI ${escapeHtml(document.openapi)}).</p>
<label class="credential">Access token or API key, for the requests of this page. It is not stored.
<input id="credential" type="password" autocomplete="off"></label></header>
<main>
${sections.join('\n')}
</main>
</body>
</html>
`;
}
