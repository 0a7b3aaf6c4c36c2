#!/bin/sh
# For a pipeline: deploys a stack of its own, tests and removes it, then deploys a stage; --help says more. Here is only what
# must come before Node is there.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=scripts/deploy-and-test/before-node.sh
. "$root/scripts/deploy-and-test/before-node.sh"
exec "$node" "$root/scripts/launch.mjs" "$root/scripts/deploy-and-test-cd.ts" "$@"
