/**
 * npm skips an optional dependency that fails to download without a word, and the host's older Node
 * would then run everything. Say so at once instead of failing somewhere later.
 */
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `rollcall is built and tested on Node 24, but this is Node ${process.versions.node}.\n` +
      'Run it through npm (npm run check, npm test) after npm ci, which brings Node 24 along;\n' +
      'where there is no Node 24 package for your platform, install Node 24 yourself.',
  );
  process.exitCode = 1;
}
