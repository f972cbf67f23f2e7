// Notes of users who sign in for a cookie, as an Express service: one for each argument, healthy or weak in the named way.
//
// Each says on a line of JSON where it is. All end with the standard input.
"use strict";
const { randomBytes, randomUUID, scryptSync, timingSafeEqual } = require("node:crypto");
const cors = require("cors");
const express = require("express");
const helmet = require("helmet");

// The default handler of errors says each of them there.
console.error = () => {};

const ORIGINS = {
  "every-origin": true,
  "ends-alike": /example\.com$/,
  "null-origin": ["https://app.example.com", "null"],
};

function service(weakness) {
  const weak = (name) => weakness === name;
  const [users, sessions, notes] = [new Map(), new Map(), new Map()];
  const app = express();
  app.set("env", weak("trace") ? "development" : "production");
  if (!weak("headers")) app.use(helmet());
  app.use((request, response, next) => {
    response.set("Cache-Control", "no-store");
    next();
  });
  app.use(cors({ origin: ORIGINS[weakness] ?? ["https://app.example.com"], credentials: true, maxAge: 600 }));
  app.use(express.json({ limit: "10kb" }));

  const digest = (password, salt) => scryptSync(password, salt, 32, { N: 1024 });
  const user = (request, response, next) => {
    const [, id] = /(?:^|; )session=([^;]+)/.exec(request.headers.cookie ?? "") ?? [];
    request.session = sessions.get(id);
    if (!request.session) return response.status(401).json({ error: "sign in first" });
    const isSafe = ["GET", "HEAD"].includes(request.method);
    if (!isSafe && request.get("X-CSRF-Token") !== request.session.csrf) {
      return response.status(403).json({ error: "the token against forged requests is missing" });
    }
    next();
  };
  const own = (shared) => (request, response, next) => {
    request.note = notes.get(request.params.id);
    const isOwn = request.note?.owner === request.session.user;
    if (request.note && (isOwn || weak(shared))) return next();
    const status = request.note && weak("existence") ? 403 : 404;
    response.status(status).json({ error: "there is no such note" });
  };
  const isText = (value) => typeof value === "string" && value.length > 0 && value.length <= 200;

  app.get("/health", (_, response) => response.json(weak("health") ? { status: "ok", db: "down" } : { status: "ok" }));
  app.post("/sign-up", (request, response) => {
    const { email, password } = request.body ?? {};
    if (!isText(email) || !isText(password)) return response.status(400).json({ error: "email and password" });
    const salt = randomBytes(16);
    users.set(email, { id: randomUUID(), salt, digest: digest(password, salt) });
    response.status(201).end();
  });
  app.post("/sign-in", (request, response) => {
    const known = users.get(request.body?.email);
    const isRight = known && timingSafeEqual(digest(String(request.body.password), known.salt), known.digest);
    if (!isRight) return response.status(401).json({ error: "the address or the password is wrong" });
    const [id, csrf] = [randomBytes(32).toString("base64url"), randomBytes(32).toString("base64url")];
    sessions.set(id, { user: known.id, csrf });
    response.cookie("session", id, {
      httpOnly: !weak("cookie-for-scripts"),
      secure: !weak("cookie-in-clear"),
      sameSite: weak("cookie-for-sites") ? undefined : "lax",
    });
    response.json({ csrf });
  });
  app.delete("/me", user, (request, response) => {
    for (const [email, known] of users) if (known.id === request.session.user) users.delete(email);
    response.status(204).end();
  });
  app.post("/notes", user, (request, response) => {
    if (!isText(request.body?.title)) return response.status(400).json({ error: "title" });
    const note = { id: randomUUID(), owner: request.session.user, title: request.body.title };
    if (weak("owner")) Object.assign(note, request.body);
    notes.set(note.id, note);
    response.status(201).location(`/notes/${note.id}`).json(note);
  });
  app.get("/notes", user, (request, response) => {
    const isMine = (note) => note.owner === request.session.user || (weak("search") && request.query.q);
    const wanted = String(request.query.q ?? "");
    response.json([...notes.values()].filter((note) => isMine(note) && note.title.includes(wanted)));
  });
  app.get("/notes/:id", user, own("read"), (request, response) => response.json(request.note));
  app.patch("/notes/:id", user, own("change"), (request, response) => {
    if (!isText(request.body?.title)) return response.status(400).json({ error: "title" });
    request.note.title = request.body.title;
    response.json(request.note);
  });
  app.delete("/notes/:id", user, own("remove"), (request, response) => {
    notes.delete(request.note.id);
    response.status(204).end();
  });
  if (weak("files")) app.get("/.env", (_, response) => response.type("text").send("DATABASE_URL=postgres://db\n"));
  return app;
}

async function main() {
  for (const weakness of process.argv.slice(2)) {
    const server = await new Promise((done) => {
      const listening = service(weakness).listen(0, "127.0.0.1", () => done(listening));
    });
    console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
  }
}

process.stdin.resume().on("end", () => process.exit());
main();
