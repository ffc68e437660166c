import { csv } from './csv.ts';
import { exploded } from './exploded.ts';
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
  json: withTree(exploded(projected(json))),
  ndjson: withTree(exploded(projected(ndjson))),
  csv: withTree(exploded(projected(csv))),
  tsv: withTree(exploded(projected(tsv))),
  table: withTree(exploded(projected(table))),
  yaml: withTree(exploded(projected(yaml))),
} satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
