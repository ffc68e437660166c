import { knownProperties, typeOfProperty } from '../directory/property-types.ts';
import type { Answer, Call } from '../http/handler.ts';
import { versionRoot } from './version-root.ts';

/** They belong to the base types `entity` and `directoryObject`. */
const inherited: ReadonlySet<string> = new Set(['id', 'deletedDateTime']);

const properties = knownProperties
  .filter((name) => !inherited.has(name))
  .toSorted()
  .map((name) => `<Property Name="${name}" Type="${typeOfProperty(name)}"/>`)
  .join('');

/** The entity sets and relations that the sandbox serves; the document of Graph describes some thousand types. */
const schema = [
  '<?xml version="1.0" encoding="utf-8"?>',
  '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>',
  '<Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">',
  '<EntityType Name="entity" Abstract="true"><Key><PropertyRef Name="id"/></Key>',
  '<Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>',
  '<EntityType Name="directoryObject" BaseType="graph.entity" OpenType="true">',
  '<Property Name="deletedDateTime" Type="Edm.DateTimeOffset"/></EntityType>',
  '<EntityType Name="user" BaseType="graph.directoryObject" OpenType="true">',
  properties,
  '<NavigationProperty Name="manager" Type="graph.directoryObject"/>',
  '<NavigationProperty Name="directReports" Type="Collection(graph.directoryObject)"/>',
  '<NavigationProperty Name="memberOf" Type="Collection(graph.directoryObject)"/></EntityType>',
  '<EntityType Name="group" BaseType="graph.directoryObject" OpenType="true">',
  '<Property Name="displayName" Type="Edm.String"/>',
  '<NavigationProperty Name="members" Type="Collection(graph.directoryObject)"/>',
  '<NavigationProperty Name="transitiveMembers" Type="Collection(graph.directoryObject)"/></EntityType>',
  '<EntityContainer Name="GraphService"><EntitySet Name="groups" EntityType="microsoft.graph.group"/>',
  '<EntitySet Name="users" EntityType="microsoft.graph.user"/></EntityContainer>',
  '</Schema></edmx:DataServices></edmx:Edmx>',
].join('');

const schemaDocument: Answer = {
  status: 200,
  headers: { 'Content-Type': 'application/xml' },
  body: schema,
};

function serviceDocument(call: Call, origin: string): Answer {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json', 'OData-Version': '4.0' },
    body: JSON.stringify({
      '@odata.context': `${versionRoot(origin, call)}/$metadata`,
      value: ['groups', 'users'].map((name) => ({ name, kind: 'EntitySet', url: name })),
    }),
  };
}

/**
 * `GET /v1.0/$metadata` and the service document `GET /v1.0`, which need no token.
 * @returns undefined for another path
 */
export function answerDocument(call: Call, origin: string): Answer | undefined {
  const path = /^\/(?:v1\.0|beta)(?:\/|(\/\$metadata))?$/iu.exec(call.url.pathname);
  if (path === null || call.method !== 'GET') return undefined;
  return path[1] === undefined ? serviceDocument(call, origin) : schemaDocument;
}
