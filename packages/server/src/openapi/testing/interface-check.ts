import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Compares responses with an interface document. */
export interface InterfaceCheck {
  /** Returns what differs from the document: status, content type or body. */
  problems(path: string, response: Response, body: string): readonly string[];
}

type Content = Readonly<Record<string, { readonly schema?: unknown }>>;

interface Documented {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly get: {
          readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
        };
      }
    >
  >;
}

/** The operation of a path, by the patterns of the document; a literal path has precedence. */
function operationOf({ paths }: Documented, path: string) {
  const [pathname = ''] = path.split('?');
  const pattern = Object.keys(paths).find((candidate) => {
    const parts = candidate.split('/');
    const given = pathname.split('/');
    return (
      parts.length === given.length &&
      parts.every((part, at) => part === given[at] || part.startsWith('{'))
    );
  });
  return paths[pathname]?.get ?? paths[pattern ?? '']?.get;
}

/** Creates the check. @param document as `/openapi.json` returns it */
export function createInterfaceCheck(document: unknown): InterfaceCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document as object, 'openapi');
  const compiled = new Map<string, ValidateFunction>();

  function validate(name: string, schema: unknown, body: unknown): readonly string[] {
    // References of a schema begin at the document.
    const inDocument = JSON.parse(
      JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components'),
    ) as object;
    const check = compiled.get(name) ?? ajv.compile(inDocument);
    compiled.set(name, check);
    check(body);
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  return {
    problems(path, response, body) {
      const documented = document as Documented;
      // Errors of paths that no route has follow the same rule as those of routes.
      const operation =
        operationOf(documented, path) ??
        documented.paths[path.toLowerCase().startsWith('/v1.0') ? '/v1.0/users' : '/livez']?.get;
      const { content = {} } =
        operation?.responses[response.status] ?? operation?.responses['default'] ?? {};
      const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
      const described = content[type];
      if (described === undefined) return [`${response.status} with ${type} is not documented`];
      if (!/[/+]json$/u.test(type)) return validate(`${path} ${type}`, described.schema, body);
      try {
        const key = `${Object.keys(content).join()} ${JSON.stringify(described.schema)}`;
        return validate(key, described.schema, JSON.parse(body));
      } catch (error) {
        return [`the body is not JSON: ${(error as Error).message}`];
      }
    },
  };
}
