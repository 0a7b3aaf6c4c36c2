import path from 'node:path';
import { buildPage, isPageBuilt } from '../bin/page-build.mjs';

const PACKAGE = path.resolve(import.meta.dirname, '..');

/** For a whole run of vitest: the console's page as its sources are now, as the loop serves it. */
export default async function builtPage(): Promise<void> {
  if (!isPageBuilt(PACKAGE)) await buildPage(PACKAGE);
}
