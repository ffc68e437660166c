/** What other tools call our options: people who come from Graph, az, m365, gh or kubectl type these first. */
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
