/** The properties of users that clients meet most often, by their OData type. Graph has more of them. */
const properties: Readonly<Record<string, readonly string[]>> = {
  'Edm.String': [
    'id',
    'displayName',
    'userPrincipalName',
    'mail',
    'givenName',
    'surname',
    'jobTitle',
    'mobilePhone',
    'officeLocation',
    'preferredLanguage',
    'ageGroup',
    'city',
    'companyName',
    'consentProvidedForMinor',
    'country',
    'creationType',
    'department',
    'employeeId',
    'employeeType',
    'externalUserState',
    'faxNumber',
    'legalAgeGroupClassification',
    'mailNickname',
    'onPremisesDistinguishedName',
    'onPremisesDomainName',
    'onPremisesImmutableId',
    'onPremisesSamAccountName',
    'onPremisesSecurityIdentifier',
    'onPremisesUserPrincipalName',
    'passwordPolicies',
    'postalCode',
    'preferredDataLocation',
    'securityIdentifier',
    'state',
    'streetAddress',
    'usageLocation',
    'userType',
  ],
  'Collection(Edm.String)': ['businessPhones', 'imAddresses', 'otherMails', 'proxyAddresses'],
  'Edm.Boolean': [
    'accountEnabled',
    'isResourceAccount',
    'onPremisesSyncEnabled',
    'showInAddressList',
  ],
  'Edm.DateTimeOffset': [
    'createdDateTime',
    'deletedDateTime',
    'employeeHireDate',
    'employeeLeaveDateTime',
    'externalUserStateChangeDateTime',
    'lastPasswordChangeDateTime',
    'onPremisesLastSyncDateTime',
    'refreshTokensValidFromDateTime',
    'signInSessionsValidFromDateTime',
  ],
};

function propertyElements(): string {
  return Object.entries(properties)
    .flatMap(([type, names]) =>
      names.map((name) => `        <Property Name="${name}" Type="${type}"/>`),
    )
    .join('\n');
}

/**
 * The service document of Graph, reduced to what the server has: users, their manager and direct reports, and delta
 * (OData CSDL XML 4.0). Users are an open type, because Graph has more properties, and tenants have their own.
 */
export function metadataDocument(): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="user" OpenType="true">
        <Key><PropertyRef Name="id"/></Key>
${propertyElements()}
        <NavigationProperty Name="manager" Type="microsoft.graph.user"/>
        <NavigationProperty Name="directReports" Type="Collection(microsoft.graph.user)"/>
      </EntityType>
      <Function Name="delta" IsBound="true">
        <Parameter Name="bindingParameter" Type="Collection(microsoft.graph.user)"/>
        <ReturnType Type="Collection(microsoft.graph.user)"/>
      </Function>
      <EntityContainer Name="GraphService">
        <EntitySet Name="users" EntityType="microsoft.graph.user"/>
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
`;
}
