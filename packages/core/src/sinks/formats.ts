import { csv } from './csv.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';
import type { Format } from './sink.ts';
import { table } from './table.ts';
import { tsv } from './tsv.ts';

/** Every output format, by the name that `--output` takes. */
export const formats = { json, ndjson, csv, tsv, table } satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
