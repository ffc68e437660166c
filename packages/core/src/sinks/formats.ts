import { csv } from './csv.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';
import { projected } from './projection.ts';
import type { Format } from './sink.ts';
import { table } from './table.ts';
import { withTree } from './tree/with-tree.ts';
import { tsv } from './tsv.ts';
import { yaml } from './yaml.ts';

/** Every output format, by the name that `--output` takes. */
export const formats = {
  json: withTree(projected(json)),
  ndjson: withTree(projected(ndjson)),
  csv: withTree(projected(csv)),
  tsv: withTree(projected(tsv)),
  table: withTree(projected(table)),
  yaml: withTree(projected(yaml)),
} satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
