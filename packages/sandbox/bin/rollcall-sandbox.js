#!/usr/bin/env node
// Committed, not built: npm links commands while it installs, before there is a dist folder.
import '../dist/main.js';
