import { metadataDocument } from '../http/metadata-document.ts';
import { defineRoute } from '../route.ts';

/** Graph's description of its types, reduced to what the server has. */
export const metadata = defineRoute({
  path: '/v1.0/$metadata',
  summary: 'The types that the server returns, as OData CSDL',
  role: 'Users.Read',
  input: {},
  handler() {
    const document = metadataDocument();
    return (_parameters, { response }) => {
      response.type('application/xml').send(document);
    };
  },
});
