#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { launch } from './launch.mjs';

await launch({
  source: fileURLToPath(new URL('../src/cli/main.ts', import.meta.url)),
  build: fileURLToPath(new URL('../dist', import.meta.url)),
  whenNodeIsOld: () => [
    'Functions run on the Node that runs the loop, as on nodejs24.x with Node 24: put that one first on the PATH.',
  ],
});
