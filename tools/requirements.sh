#!/usr/bin/env bash
# Write the hashed requirement files anew from uv.lock; run it after every change of dependencies.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
"$uv" lock
export_to() { "$uv" export --quiet --frozen --no-emit-project --no-annotate --no-header "${@:2}" --output-file "requirements/$1.txt"; }
export_to run --extra install
export_to test --extra install --extra postgres --extra test --extra e2e
export_to dev --extra install --extra postgres --extra test --extra e2e --extra dev
