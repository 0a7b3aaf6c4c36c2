import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder for what `sam build` makes: a run changes no `.aws-sam`, and two runs don't meet. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'deploy-and-test-build-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
