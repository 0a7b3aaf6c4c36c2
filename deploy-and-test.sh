#!/bin/sh
# Deploys the system as a stack of its own, tests it end to end and removes it; --help says more. Here is only what must
# come before Node is there.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=scripts/deploy-and-test/before-node.sh
. "$root/scripts/deploy-and-test/before-node.sh"
exec "$node" "$root/scripts/launch.mjs" "$root/scripts/deploy-and-test.ts" "$@"
