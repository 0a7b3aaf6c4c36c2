import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from 'serverless-loop/commands';
import type { Outputs } from '../stack/outputs.ts';
import { junitXml } from './junit.ts';
import type { Result } from './result.ts';

/** The files that a pipeline keeps of a run, in one folder. */
export function reports(folder: string) {
  const file = (name: string) => path.join(folder, name);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(
      `--reports: can't make ${folder}: ${error instanceof Error ? error.message : error}`,
    );
  }
  return {
    folder,
    /** Of the end-to-end suite; its runner writes it. */
    testsFile: file('end-to-end.xml'),
    steps: (results: readonly Result[]) => writeFileSync(file('steps.xml'), junitXml(results)),
    outputs(of: 'test' | 'stage', outputs: Outputs | undefined) {
      if (outputs) writeFileSync(file(`${of}-outputs.json`), `${JSON.stringify(outputs, undefined, 2)}\n`);
    },
  };
}
