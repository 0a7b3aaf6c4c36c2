import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { terminalSvg } from './terminal-svg.ts';

// Runs the demo and draws what it printed: the picture in the README is never made by hand.
const PICTURE = path.join('docs', 'images', 'demo.svg');

const { stdout } = await promisify(execFile)(process.execPath, ['local/launch.mjs', 'scripts/demo.ts'], {
  env: { ...process.env, FORCE_COLOR: '1' },
});
mkdirSync(path.dirname(PICTURE), { recursive: true });
writeFileSync(
  PICTURE,
  terminalSvg({ title: 'npm run demo', output: `$ npm run demo\n${stdout}`, columns: 132 }),
);
process.stdout.write(`${PICTURE}\n`);
