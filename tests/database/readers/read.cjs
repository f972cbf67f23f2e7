// Prints what node-postgres reads from a URL: one JSON line per JSON line of input.
//
// The hosts that it would connect to, and port, user, password and database; null where it refuses the URL. Nothing
// connects to anything.

const { parse } = require(`${process.argv[2]}/pg-connection-string`);

const read = (url) => {
  try {
    const { host, port, user, password, database } = parse(url);
    return { hosts: [host ?? ""], port, user, password, database };
  } catch {
    return null;
  }
};

const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);
process.stdout.write(lines.map((line) => `${JSON.stringify(read(JSON.parse(line)))}\n`).join(""));
