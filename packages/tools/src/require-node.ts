/**
 * npm skips an optional dependency that it cannot download, without a message, and then an older Node of the host runs
 * all commands. This check reports the wrong version before another command fails because of it.
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
