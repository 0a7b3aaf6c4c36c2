import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { SAM_ID_PARAMETERS, SAM_IDS, samIdTemplates } from '../sam-ids.ts';
import { typesBySam } from './sam-translation.ts';
import { findPythonOfSam } from './tool.ts';

const python = await findPythonOfSam();
const answers: Record<string, unknown> = JSON.parse(readFileSync(path.join(SAM_IDS, 'answers.json'), 'utf8'));

/** tests/unit/template/sam-logical-ids.test.ts holds the loop's against the same answers. */
describe.runIf(python.expected)("the recorded logical ids are those of SAM's translator", () => {
  const names = samIdTemplates();
  const bySam = new Map<string, Record<string, string>>();
  beforeAll(async () => {
    const asked = names.map((name) => ({
      path: path.join(SAM_IDS, `${name}.yaml`),
      parameters: SAM_ID_PARAMETERS,
    }));
    for (const [at, types] of (await typesBySam(python, asked)).entries()) bySam.set(names[at] ?? '', types);
  });

  test.each(names)('for %s', (name) => {
    expect(answers[name]).toEqual(bySam.get(name));
  });
});
