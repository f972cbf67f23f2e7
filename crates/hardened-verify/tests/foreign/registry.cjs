// Servers of the npm registry, as their documentation starts them: those that are named as arguments.
//
// Each says on a line of JSON where it is. All end with the standard input.
"use strict";

// They say each error there.
console.error = () => {};

/** Notes in a file of JSON, without rules, or with the rule that notes and accounts are their owners' alone. */
function jsonServer(rules) {
  const server = require("json-server");
  const auth = require("json-server-auth");
  const app = server.create();
  const router = server.router({ users: [], notes: [] });
  app.db = router.db;
  app.use(server.defaults({ logger: false }), auth.rewriter(rules), auth, router);
  return app;
}

/** Classes of objects in PostgreSQL; the class of the notes is made first, as an administrator does. */
async function parseServer() {
  const express = require("express");
  const { ParseServer } = require("parse-server");
  const secret = () => require("node:crypto").randomBytes(24).toString("hex");
  const server = new ParseServer({
    appId: "notes",
    masterKey: secret(),
    maintenanceKey: secret(),
    readOnlyMasterKey: secret(),
    databaseURI: process.env.DATABASE_URL,
    serverURL: "http://127.0.0.1/parse",
    silent: true,
    logsFolder: null,
    schema: { definitions: [{ className: "Note", fields: { text: { type: "String" } }, classLevelPermissions: open() }] },
  });
  await server.start();
  return express().use("/parse", server.app);
}

/** What the dashboard gives a new class: everybody reads and writes. */
function open() {
  const all = { "*": true };
  return { find: all, count: all, get: all, create: all, update: all, delete: all, addField: {}, protectedFields: { "*": [] } };
}

const SERVERS = {
  "json-server-auth": () => jsonServer({}),
  "json-server-auth with rules": () => jsonServer({ users: 600, notes: 600 }),
  "parse-server": parseServer,
};

async function main() {
  for (const name of process.argv.slice(2)) {
    const app = await SERVERS[name]();
    const server = await new Promise((done) => {
      const listening = app.listen(0, "127.0.0.1", () => done(listening));
    });
    console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
  }
}

process.stdin.resume().on("end", () => process.exit());
main();
