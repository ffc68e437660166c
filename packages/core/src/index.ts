export { type Cloud, type CloudName, clouds } from './cloud.ts';
export {
  certificateChannel,
  type CertificateMessage,
} from './credential/certificate/certificate-channel.ts';
export { requestChannel, type RequestMessage } from './graph/request-channel.ts';
export { adminConsentUrl, type ConsentTarget } from './credential/admin-consent-url.ts';
export type { DiagnoseOptions } from './doctor/diagnose.ts';
export type { StepName } from './doctor/step-names.ts';
export type { Fact, Verdict } from './doctor/verdict.ts';
export { codes, type ErrorCategory, type ErrorCode } from './errors/codes.ts';
export { exitCodeOf } from './errors/exit-codes.ts';
export type { Remedy, RemedyCode } from './errors/remedies.ts';
export { DeltaResetError } from './errors/delta-reset-error.ts';
export { DirectoryError, type ErrorFacts } from './errors/directory-error.ts';
export {
  SettingsError,
  type SettingsIssue,
  type SettingsWarning,
} from './errors/settings-error.ts';
export { AccessDeniedError } from './errors/access-denied-error.ts';
export { BadTokenError } from './errors/bad-token-error.ts';
export { CredentialError } from './errors/credential-error.ts';
export { TokenEndpointError } from './errors/token-endpoint-error.ts';
export { TokenRefusedError } from './errors/token-refused-error.ts';
export { BadRequestError } from './errors/bad-request-error.ts';
export { CircuitOpenError } from './errors/circuit-open-error.ts';
export { BodyError, type BodyFault } from './errors/body-error.ts';
export { DeadlineError } from './errors/deadline-error.ts';
export { ForeignLinkError } from './errors/foreign-link-error.ts';
export { type Endpoint, NetworkError } from './errors/network-error.ts';
export { GatewayError } from './errors/gateway-error.ts';
export { NoSuchUserError } from './errors/no-such-user-error.ts';
export { type GroupCandidate, GroupError } from './errors/group-error.ts';
export { ListenError, OutputError } from './errors/output-error.ts';
export { PageLinkExpiredError } from './errors/page-link-expired-error.ts';
export { PermissionError } from './errors/permission-error.ts';
export { ProtocolError } from './errors/protocol-error.ts';
export { ProxyError } from './errors/proxy-error.ts';
export { QueryError, type QueryIssue } from './errors/query-error.ts';
export { RedirectError } from './errors/redirect-error.ts';
export { ResumeError } from './errors/resume-error.ts';
export { ExportError } from './errors/export-error.ts';
export { UnverifiedExportError } from './errors/unverified-export-error.ts';
export { ThrottledError } from './errors/throttled-error.ts';
export { TimeoutError, type TimeoutPhase } from './errors/timeout-error.ts';
export { TlsError } from './errors/tls-error.ts';
export { UnauthorizedError } from './errors/unauthorized-error.ts';
export { UnavailableError } from './errors/unavailable-error.ts';
export type { ChangesPage, UserChange } from './delta/changes.ts';
export { UnreconciledError } from './errors/unreconciled-error.ts';
export type { JsonItems } from './json-items.ts';
export type { Page } from './paging/page.ts';
export type { Receipt } from './listing/receipt.ts';
export type { RoundEnd } from './delta/round-end.ts';
export type {
  Clock,
  Dispatch,
  Handshake,
  HttpRequest,
  HttpResponse,
  NetworkProbe,
  Ports,
  Random,
} from './ports.ts';
export type { UserGroup } from './aggregate/count-users-by.ts';
export type { DuplicateUser, DuplicateValue } from './aggregate/find-duplicate-users.ts';
export type { UserPages } from './aggregate/user-pages.ts';
export type {
  DiffOptions,
  ExportDiff,
  ExportFile,
  UserDifference,
  ValueChange,
} from './diff/diff-exports.ts';
export type { Explanation } from './query/explain.ts';
export { type EventName, events, type Log } from './events.ts';
export {
  type DescribedEvent,
  describeEvent,
  type FieldValues,
  type LogLevel,
} from './event-registry.ts';
export { odataLiteral } from './query/odata.ts';
export type { Inactivity } from './query/inactivity.ts';
export type { UserCollection } from './query/user-collection.ts';
export type { UserQuery } from './query/user-query.ts';
export { Secret } from './secret.ts';
export {
  countUsersBy,
  diagnose,
  diffExports,
  explain,
  findDuplicateUsers,
  listToFile,
  isResumable,
  removeProfile,
  setDefaultProfile,
  loadConsentTarget,
  loadProfiles,
  loadSettings,
  openDirectory,
  parseSettings,
  settingsJsonSchema,
  starterSettings,
} from './library.ts';
export type { Profile, Profiles } from './settings/profiles/load-profiles.ts';
export type { LoadOptions } from './settings/load-options.ts';
export type { StarterValues } from './settings/starter-settings.ts';
export type { GivenSettings } from './settings/parse-settings.ts';
export type { FlagValues } from './settings/sources/flags.ts';
export type { CredentialSettings, Limits, Settings } from './settings/settings.ts';
export type { TokenCacheSettings } from './store/open-store.ts';
export type { FileListingOptions } from './export/list-to-file.ts';
export type { FormatName } from './sinks/formats.ts';
export type { StrategyKind } from './credential/strategies.ts';
export type { TokenCredential } from './credential/external-credential.ts';
export { claimsOf } from './token/claims-of.ts';
export type { Directory } from './users/directory.ts';
export type { ChainState } from './listing/chain-state.ts';
export type { ListingResume, UserListing } from './listing/listing.ts';
export type { DirectoryCredential } from './token/directory-credential.ts';
export type { UserOutcome } from './users/user-outcome.ts';
export type { DefaultSelect, SelectedUser } from './users/selected-user.ts';
export type { Shard } from './listing/shards/shard.ts';
export type { Strategy } from './listing/shards/shard-plan.ts';
export type { CallOptions, ListOptions, Users } from './users/users.ts';
