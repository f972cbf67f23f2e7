"""Notes of users who sign in for a bearer token, as a FastAPI service: one for each argument, healthy or weak in the named way.

Each says on a line of JSON where it is, and what it is described as. All end with the standard input."""

import asyncio, hashlib, json, os, secrets, socket, sys, threading, time, uuid
from typing import Annotated

import jwt, uvicorn
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel, Field
from starlette.middleware.trustedhost import TrustedHostMiddleware

ISSUER, AUDIENCE = "https://id.example.com", "notes"
# The key of the tutorial of FastAPI, which everybody knows.
TUTORIAL = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7"


class SignUp(BaseModel):
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=200)
    password: str = Field(min_length=12, max_length=200)


class Note(BaseModel):
    title: str = Field(min_length=1, max_length=200)
    done: bool = False


class SavedNote(Note):
    id: uuid.UUID
    owner_id: uuid.UUID


def service(weakness: str) -> FastAPI:
    weak = weakness.__eq__
    key = TUTORIAL if weak("tutorial-key") else os.environ["NOTES_KEY"]
    users, notes = {}, {}
    described = "/openapi.json" if weak("documentation") else None
    app = FastAPI(title="Notes", openapi_url=described, debug=weak("debug"))

    def digest(password: str, salt: bytes) -> bytes:
        return hashlib.scrypt(password.encode(), salt=salt, n=1024, r=8, p=1)

    async def user(token: Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl="token"))]) -> uuid.UUID:
        checks = {"verify_signature": not weak("signature"), "verify_exp": not weak("expiry"), "require": ["exp", "sub"]}
        if weak("audience"):
            checks["verify_aud"] = False
        try:
            claims = jwt.decode(token, key, algorithms=["HS256"], audience=AUDIENCE, issuer=ISSUER, options=checks)
            return uuid.UUID(claims["sub"])
        except (jwt.InvalidTokenError, ValueError):
            raise HTTPException(401, "the token is not valid", {"WWW-Authenticate": "Bearer"})

    User = Annotated[uuid.UUID, Depends(user)]

    def note_of(note_id: uuid.UUID, owner: uuid.UUID, shared: str) -> SavedNote:
        note = notes.get(note_id)
        if note is None or (note.owner_id != owner and not weak(shared)):
            raise HTTPException(404, "there is no such note")
        return note

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok", "database": "disconnected" if weak("health") else "connected"}

    @app.post("/sign-up", status_code=201)
    async def sign_up(new: SignUp) -> dict[str, uuid.UUID]:
        if new.email in users:
            raise HTTPException(409, "the address cannot be used")
        salt = secrets.token_bytes(16)
        users[new.email] = (uuid.uuid4(), salt, digest(new.password, salt))
        return {"id": users[new.email][0]}

    @app.post("/token")
    async def sign_in(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
        subject, salt, expected = users.get(form.username, (None, b"", b""))
        if not secrets.compare_digest(digest(form.password, salt), expected):
            raise HTTPException(401, "the address or the password is wrong", {"WWW-Authenticate": "Bearer"})
        now = int(time.time())
        claims = {"sub": str(subject), "iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + 900}
        if weak("lifetime"):
            claims["exp"] = now + 30 * 86400
        return {"access_token": jwt.encode(claims, key, "HS256"), "token_type": "bearer"}

    @app.delete("/me", status_code=204)
    async def leave(user: User) -> None:
        for email in [email for email, (subject, *_) in users.items() if subject == user]:
            del users[email]

    @app.post("/notes", status_code=201)
    async def write(note: Note, user: User) -> SavedNote:
        saved = SavedNote(id=uuid.uuid4(), owner_id=user, **note.model_dump())
        notes[saved.id] = saved
        return saved

    @app.get("/notes")
    async def index(user: User, q: str = "") -> list[SavedNote]:
        return [note for note in notes.values() if (weak("list") or note.owner_id == user) and q in note.title]

    @app.get("/notes/{note_id}")
    async def read(note_id: str if weak("debug") else uuid.UUID, user: User) -> SavedNote:
        return note_of(uuid.UUID(str(note_id)), user, "read")

    @app.put("/notes/{note_id}")
    async def change(note_id: uuid.UUID, note: Note, user: User) -> SavedNote:
        kept = note_of(note_id, user, "change")
        notes[note_id] = SavedNote(id=note_id, owner_id=kept.owner_id, **note.model_dump())
        return notes[note_id]

    @app.delete("/notes/{note_id}", status_code=204)
    async def remove(note_id: uuid.UUID, user: User) -> None:
        del notes[note_of(note_id, user, "remove").id]

    @app.middleware("http")
    async def protect(request: Request, call_next):
        response = await call_next(request)
        if not weak("headers"):
            response.headers.update({"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"})
        return response

    # A dot of a regular expression is any letter, and everything may follow.
    pattern = {"every-origin": "https?://.*", "pattern": r"https://app.example.com"}.get(weakness)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=[] if pattern else ["https://app.example.com"],
        allow_origin_regex=pattern,
        allow_credentials=True,
        allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=["authorization", "content-type"],
    )
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1"])
    return app


async def main() -> None:
    servers = []
    for weakness in sys.argv[1:]:
        listener = socket.create_server(("127.0.0.1", 0))
        app = service(weakness)
        config = uvicorn.Config(app, log_level="critical", server_header=False, lifespan="off")
        servers.append(uvicorn.Server(config).serve([listener]))
        where = f"http://127.0.0.1:{listener.getsockname()[1]}"
        print(json.dumps({"url": where, "openapi": app.openapi()}), flush=True)
    await asyncio.gather(*servers)


threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
asyncio.run(main())
