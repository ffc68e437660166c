export { openAuditLog, type AuditLog } from './observability/audit/audit-log.ts';
export { createLog } from './observability/log.ts';
export { createMetrics, type Metrics } from './observability/metrics/create-metrics.ts';
export { defaultLimits, type Limits } from './limits.ts';
export { startServer, type RunningServer, type ServerOptions } from './start-server.ts';
export { openTraces, type Traces } from './observability/traces.ts';
