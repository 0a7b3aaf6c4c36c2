import { TestRunner } from 'vitest';
import { keepImports } from './quick-imports.ts';

/** The runner of every test: vitest's own, in a process that imports quickly. */
export default class QuickRunner extends TestRunner {
  override onAfterRunFiles(): void {
    super.onAfterRunFiles();
    keepImports();
  }
}
