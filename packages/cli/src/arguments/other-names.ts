/** Names that Graph, az, m365, gh and kubectl use for options of this program, with the option of this program. */
export const otherNames: Readonly<Record<string, readonly string[]>> = {
  fields: ['select', 'columns'],
  properties: ['select'],
  format: ['output'],
  top: ['limit', 'page-size'],
  'max-items': ['limit'],
  first: ['limit'],
  jmespath: ['query'],
  'sort-by': ['order-by'],
  file: ['out'],
  'output-file': ['out'],
  debug: ['verbose'],
  silent: ['quiet'],
};
