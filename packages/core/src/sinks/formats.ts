import { csv } from './csv.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';
import { projected } from './projection.ts';
import type { Format } from './sink.ts';
import { table } from './table.ts';
import { tsv } from './tsv.ts';
import { yaml } from './yaml.ts';

/** Every output format, by the name that `--output` takes. */
export const formats = {
  json: projected(json),
  ndjson: projected(ndjson),
  csv: projected(csv),
  tsv: projected(tsv),
  table: projected(table),
  yaml: projected(yaml),
} satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
