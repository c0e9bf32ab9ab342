"""What Python's huggingface_hub does, for the tests of dev.plumbline.hub.

    python hub.py OUT_DIR        (writes environment.json, names.json and cache.json; needs huggingface_hub 2.x)

environment.json  settings that huggingface_hub derives from environment variables; {home} stands for the home folder
names.json        which repository ids it accepts, which files its patterns match, which addresses it builds
cache.json        a small repository, and every file and link of the cache after huggingface_hub has downloaded it
                  from a server on the loopback interface that this script runs
"""

import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SETTINGS = """
import json, sys
from huggingface_hub import constants
from huggingface_hub.utils._headers import get_token_to_send
from pathlib import Path
print(json.dumps({
    "cache": str(Path(constants.HF_HUB_CACHE).expanduser()),
    "tokenPath": constants.HF_TOKEN_PATH,
    "token": get_token_to_send(None),
    "endpoint": constants.ENDPOINT,
    "offline": constants.HF_HUB_OFFLINE,
    "symlinks": not constants.HF_HUB_DISABLE_SYMLINKS,
    "metadataTimeout": constants.HF_HUB_ETAG_TIMEOUT,
    "downloadTimeout": constants.HF_HUB_DOWNLOAD_TIMEOUT,
}))
"""

ENVIRONMENTS = {
    "nothing set": ({}, {}),
    "login": ({}, {".cache/huggingface/token": "hf_login\n"}),
    "HF_HOME": ({"HF_HOME": "{home}/hf"}, {"hf/token": "hf_moved"}),
    "HF_HOME with tilde": ({"HF_HOME": "~/hf/"}, {"hf/token": "hf_tilde"}),
    "HF_HOME with variables": ({"HF_HOME": "$BASE/${SUB}/$UNKNOWN", "BASE": "{home}/a", "SUB": "b"}, {}),
    "XDG_CACHE_HOME": ({"XDG_CACHE_HOME": "{home}/xdg"}, {"xdg/huggingface/token": "hf_xdg"}),
    "HF_HOME over XDG_CACHE_HOME": ({"XDG_CACHE_HOME": "{home}/xdg", "HF_HOME": "{home}/hf"}, {}),
    "HF_HUB_CACHE": ({"HF_HUB_CACHE": "{home}/c", "HF_HOME": "{home}/hf"}, {}),
    "HF_HUB_CACHE with tilde": ({"HF_HUB_CACHE": "~/c"}, {}),
    "legacy cache": ({"HUGGINGFACE_HUB_CACHE": "{home}/old", "HF_HOME": "{home}/hf"}, {}),
    "cache over legacy": ({"HUGGINGFACE_HUB_CACHE": "{home}/old", "HF_HUB_CACHE": "{home}/new"}, {}),
    "HF_TOKEN over login": ({"HF_TOKEN": " hf_env\r\n"}, {".cache/huggingface/token": "hf_login"}),
    "HF_TOKEN over legacy": ({"HF_TOKEN": "hf_env", "HUGGING_FACE_HUB_TOKEN": "hf_old"}, {}),
    "legacy token": ({"HF_TOKEN": "", "HUGGING_FACE_HUB_TOKEN": "hf_old"}, {}),
    "blank token": ({"HF_TOKEN": "  "}, {".cache/huggingface/token": "hf_login"}),
    "token path": ({"HF_TOKEN_PATH": "~/secret"}, {"secret": "hf_path", ".cache/huggingface/token": "hf_login"}),
    "empty login": ({}, {".cache/huggingface/token": "\n"}),
    "no implicit token": ({"HF_TOKEN": "hf_env", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"}, {}),
    "implicit token again": ({"HF_TOKEN": "hf_env", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "0"}, {}),
    "endpoint": ({"HF_ENDPOINT": "https://mirror.example:8443/hub//"}, {}),
    "offline": ({"HF_HUB_OFFLINE": "yes"}, {}),
    "offline by transformers": ({"TRANSFORMERS_OFFLINE": "True"}, {}),
    "offline denied": ({"HF_HUB_OFFLINE": "0", "TRANSFORMERS_OFFLINE": "1"}, {}),
    "no symlinks": ({"HF_HUB_DISABLE_SYMLINKS": "on"}, {}),
    "timeouts": ({"HF_HUB_ETAG_TIMEOUT": "3", "HF_HUB_DOWNLOAD_TIMEOUT": "60"}, {}),
    "timeout of zero": ({"HF_HUB_ETAG_TIMEOUT": "0"}, {}),
}

IDS = [
    "gpt2", "org/name", "Qwen/Qwen2.5-0.5B-Instruct", "a/b", "org_1/n.a-m_e", "o" * 96 + "/" + "n" * 96,
    "", "/", "org/", "/name", "a/b/c", "org/name.git", "org--x/name", "org/na--me", "org/na..me", "../name",
    "org/..", ".org/name", "org/-name", "org/name-", "org/na me", "org/n\u00e4me", "o" * 97, "org/name\n", "org\\name",
]

FILES = [
    "config.json", "sub/config.json", "model.safetensors", "model-00001-of-00002.safetensors", "data/a.jsonl",
    "data/deep/b.jsonl", "data.jsonl", "a]b", "a-b", "a^b", "a!b", "a[b", "notes.TXT", "ab", "a\nb",
]

PATTERNS = [
    "*", "*.json", "*/config.json", "config.json", "model*.safetensors", "data/*.jsonl", "data/", "a?b", "a[]]b",
    "a[!-]b", "a[^]b", "a[a-z^]b", "a[[]b", "a[b", "*.txt", "a[!!]b", "data\\*", "a.*b", "???", "a[-z]b",
]

ADDRESSES = [
    ("model", "org/name", "main", "config.json"),
    ("model", "gpt2", "refs/pr/1", "sub/dir/file name+1%.json"),
    ("dataset", "org/name", "v1.0~x", "data/\u00e4/[1]&=?#.jsonl"),
]

COMMIT = hashlib.sha1(b"commit").hexdigest()
FILES_OF_REPO = [
    {"path": "config.json", "content": '{"model_type": "tiny"}\n', "large": False},
    {"path": "sub/dir/notes.txt", "content": "", "large": False},
    {"path": "copy.json", "content": '{"model_type": "tiny"}\n', "large": False},
    {"path": "model.safetensors", "content": "weights" * 50, "large": True},
]
MISSING = "generation_config.json"

DOWNLOADS = """
from huggingface_hub import hf_hub_download, snapshot_download
from huggingface_hub.errors import EntryNotFoundError
snapshot_download("org/tiny")
hf_hub_download("org/tiny", "config.json", revision="refs/pr/1")
hf_hub_download("org/tiny", "config.json", repo_type="dataset", revision="v1")
try:
    hf_hub_download("org/tiny", "{missing}")
except EntryNotFoundError:
    pass
"""


def git_blob(content):
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class FakeHub(BaseHTTPRequestHandler):
    storage = None

    def log_message(self, *args):
        pass

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        path = self.path.split("?")[0]
        if path.startswith("/storage/"):
            return self.send(200, self.content(path.removeprefix("/storage/")), {})
        if path.startswith("/api/"):
            return self.api(path)
        name = path.split("/resolve/")[1].split("/", 1)[1]
        file = next((f for f in FILES_OF_REPO if f["path"] == name), None)
        if file is None:
            return self.send(404, b"", {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": COMMIT})
        content = file["content"].encode()
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{git_blob(content)}"'}
        if not file["large"]:
            return self.send(200, content, headers)
        headers["X-Linked-Etag"] = f'"{hashlib.sha256(content).hexdigest()}"'
        headers["X-Linked-Size"] = str(len(content))
        headers["Location"] = f"{FakeHub.storage}/storage/{name}"
        return self.send(302, b"", headers)

    def api(self, path):
        if "/tree/" in path:
            body = [self.entry(f) for f in FILES_OF_REPO]
        else:
            body = {"id": "org/tiny", "sha": COMMIT, "siblings": [{"rfilename": f["path"]} for f in FILES_OF_REPO]}
        return self.send(200, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def entry(self, file):
        content = file["content"].encode()
        entry = {"type": "file", "path": file["path"], "size": len(content), "oid": git_blob(content)}
        if file["large"]:
            entry["lfs"] = {"oid": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 130}
        return entry

    def content(self, name):
        return next(f for f in FILES_OF_REPO if f["path"] == name)["content"].encode()

    def send(self, status, body, headers):
        self.send_response(status)
        for key, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


def python(code, env, home):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "HUGGING", "XDG_", "TRANSFORMERS_"))}
    env = {**clean, "HOME": home, **env}
    return subprocess.run([sys.executable, "-c", code], env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def environments():
    cases = []
    for name, (env, files) in ENVIRONMENTS.items():
        with tempfile.TemporaryDirectory() as home:
            for path, content in files.items():
                file = pathlib.Path(home, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content.encode())
            found = json.loads(python(SETTINGS, {k: v.replace("{home}", home) for k, v in env.items()}, home))
            found = {k: v.replace(home, "{home}") if isinstance(v, str) else v for k, v in found.items()}
            cases.append({"name": name, "environment": env, "files": files, "expected": found})
    return cases


def names():
    from huggingface_hub import hf_hub_url
    from huggingface_hub.utils import filter_repo_objects
    from huggingface_hub.utils._validators import validate_repo_id

    def valid(repo_id):
        try:
            validate_repo_id(repo_id)
            return True
        except ValueError:
            return False

    return {
        "ids": [{"id": i, "valid": valid(i)} for i in IDS],
        "files": FILES,
        "patterns": [{"pattern": p, "matches": list(filter_repo_objects(FILES, allow_patterns=p))} for p in PATTERNS],
        "addresses": [
            {
                "kind": kind,
                "id": repo,
                "revision": revision,
                "file": file,
                "address": hf_hub_url(repo, file, repo_type=kind, revision=revision, endpoint="https://huggingface.co"),
            }
            for kind, repo, revision, file in ADDRESSES
        ],
    }


def cache():
    hub, storage = (ThreadingHTTPServer(("127.0.0.1", 0), FakeHub) for _ in range(2))
    for server in (hub, storage):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    FakeHub.storage = f"http://127.0.0.1:{storage.server_port}"
    with tempfile.TemporaryDirectory() as home:
        env = {"HF_ENDPOINT": f"http://127.0.0.1:{hub.server_port}", "HF_HUB_CACHE": f"{home}/cache"}
        python(DOWNLOADS.replace("{missing}", MISSING), env, home)
        root = pathlib.Path(home, "cache")
        layout = []
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_symlink():
                layout.append({"path": name, "link": os.readlink(path)})
            elif path.is_file():
                layout.append({"path": name, "content": path.read_text()})
    return {"commit": COMMIT, "missing": MISSING, "files": FILES_OF_REPO, "layout": layout}


def main(out):
    for name, value in (("environment", environments()), ("names", names()), ("cache", cache())):
        text = json.dumps(value, indent=1, ensure_ascii=True) + "\n"
        pathlib.Path(out, f"{name}.json").write_text(text)


if __name__ == "__main__":
    main(sys.argv[1])
