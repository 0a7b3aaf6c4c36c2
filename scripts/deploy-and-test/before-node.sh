# Sourced with $root, the checkout: sets $node to the project's own Node, after npm ci where that is due.
# The statuses are those of scripts/deploy-and-test/exit-status.ts.
# shellcheck shell=sh
: "${root:?}"

say() { printf '%s\n' "$*" >&2; }

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  say 'Node and npm were not found on the PATH. Install Node 20.19 or newer, with npm: https://nodejs.org/en/download'
  exit 10
fi
if ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'; then
  say "Node $(node --version) is too old, 20.19 or newer is needed. Install it: https://nodejs.org/en/download"
  exit 10
fi

# npm writes this file last, so it is absent after an npm ci that did not end.
installed=$root/node_modules/.package-lock.json
if [ ! -f "$installed" ] || [ -n "$(find "$root/package-lock.json" -newer "$installed")" ]; then
  say 'Installing what package-lock.json names: npm ci'
  if ! (cd "$root" && npm ci >&2); then
    say 'npm ci failed; its own words above say why.'
    exit 12
  fi
fi

# The functions' own version of Node, which npm ci brings.
node=$root/node_modules/.bin/node
if [ ! -x "$node" ]; then
  say "npm ci brought no $node: run npm run prepare, which npm ci leaves out with --ignore-scripts, and start this again."
  exit 12
fi
