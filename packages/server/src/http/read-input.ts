import type { Request } from 'express';
import type { z } from 'zod';

import { badParameters, type Problem } from '../errors/request-error.ts';
import { readParameters } from './parameters.ts';

/** What a request of a route can contain, by place. Parameters of the query are not read where there is no schema. */
export interface InputSchemas {
  readonly path?: z.ZodObject | undefined;
  readonly query?: z.ZodObject | undefined;
  /** Names as in the documentation; they are read in any case. */
  readonly header?: z.ZodObject | undefined;
  /** The JSON body of a POST. */
  readonly body?: z.ZodObject | undefined;
}

type Parsed<Schema> = Schema extends z.ZodObject ? z.output<Schema> : undefined;

/** The parameters of a request, as the schemas of its route return them. */
export type Input<Schemas extends InputSchemas> = {
  readonly [Place in keyof InputSchemas]-?: Parsed<Schemas[Place]>;
};

function toProblem(issue: z.core.$ZodIssue): Problem {
  const graphCode: unknown = 'params' in issue ? issue.params?.['graphCode'] : undefined;
  return {
    name: issue.path.length === 0 ? 'request' : issue.path.join('.'),
    message: issue.message,
    graphCode: typeof graphCode === 'string' ? graphCode : undefined,
  };
}

function headersOf(request: Request, schema: z.ZodObject): Record<string, string> {
  const values = Object.keys(schema.shape).map((name) => [
    name,
    request.headersDistinct[name.toLowerCase()]?.join(', '),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}

/**
 * Reads the parameters of a request by the schemas of its route.
 * @throws {RequestError} 400 with every problem, by the name of the parameter
 */
export function readInput<Schemas extends InputSchemas>(
  request: Request,
  schemas: Schemas,
): Input<Schemas> {
  const problems: Problem[] = [];
  function parse(schema: z.ZodObject | undefined, values: object) {
    if (schema === undefined) return undefined;
    const result = schema.safeParse(values);
    if (result.success) return result.data;
    // A parameter that could not be read is reported as such, not as missing.
    const reported = new Set(problems.map(({ name }) => name));
    problems.push(...result.error.issues.map(toProblem).filter(({ name }) => !reported.has(name)));
    return undefined;
  }

  const { path, query, header, body } = schemas;
  let url: Readonly<Record<string, string>> = {};
  if (query !== undefined) {
    const read = readParameters(request.originalUrl, Object.keys(query.shape));
    problems.push(...read.problems);
    url = Object.fromEntries(read.values);
  }
  const input = {
    path: parse(path, request.params),
    query: parse(query, url),
    header: header === undefined ? undefined : parse(header, headersOf(request, header)),
    body: body === undefined ? undefined : parse(body, (request.body ?? {}) as object),
  };
  if (problems.length > 0) throw badParameters(problems);
  return input as Input<Schemas>;
}
