export { createLog } from './observability/log.ts';
export { defaultLimits, type Limits } from './limits.ts';
export { startServer, type RunningServer, type ServerOptions } from './start-server.ts';
