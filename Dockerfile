# The loop in a container, for docker-compose.yml. The Node that runs it runs the functions too: the version is that of the
# Linux package in scripts/runtime-node.mjs.
ARG BASE_IMAGE=node:24.21.0-bookworm-slim
FROM ${BASE_IMAGE}

# A registry in npm's place, where the usual one can't be reached.
ARG NPM_CONFIG_REGISTRY

WORKDIR /app
COPY package.json package-lock.json ./
COPY packages packages
# For this platform, and without install scripts, which the rest of the checkout would be needed for; esbuild runs without.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# Owned by who reads them, as files of a strict checkout are for their owner only.
COPY --chown=1000:1000 . .

# "node" of the official image; by number, so that any base image will do.
USER 1000:1000
EXPOSE 4580
HEALTHCHECK --interval=3s --timeout=5s --retries=30 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4580/_loop/stack').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "packages/serverless-loop/bin/serverless-loop.mjs", "start", "--no-watch"]
