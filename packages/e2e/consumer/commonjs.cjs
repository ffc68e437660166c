const { loadSettings, openDirectory } = require('@rollcall/core');

async function main([config, ca]) {
  await using directory = await openDirectory(
    await loadSettings({ flags: { config, ca }, environment: {} }),
  );
  let users = 0;
  for await (const user of directory.users.list({ select: ['id', 'displayName'] }))
    users += user.id === undefined ? 0 : 1;
  console.log(users);
}

void main(process.argv.slice(2));
