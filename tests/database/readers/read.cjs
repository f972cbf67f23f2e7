// Prints which host node-postgres would connect to: one JSON line per JSON line of input.
//
// A list of hosts, or null where it refuses the URL. Nothing connects to anything.

const { parse } = require(`${process.argv[2]}/pg-connection-string`);

const hosts = (url) => {
  try {
    return [parse(url).host ?? ""];
  } catch {
    return null;
  }
};

const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);
process.stdout.write(lines.map((line) => `${JSON.stringify(hosts(JSON.parse(line)))}\n`).join(""));
