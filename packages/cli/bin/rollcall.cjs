#!/usr/bin/env node
// Committed, not built: npm links commands while it installs, before there is a dist folder.
// CommonJS, as the bundle is: loading Node's loader of ES modules would take longer than printing the version.
require('../dist/main.cjs');
