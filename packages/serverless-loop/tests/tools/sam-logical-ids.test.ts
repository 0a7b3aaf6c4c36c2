import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SAM_ID_PARAMETERS, SAM_IDS, samIdTemplates } from '../sam-ids.ts';
import { typesBySam } from './sam-translation.ts';
import { findPythonOfSam } from './tool.ts';

const python = await findPythonOfSam();
const answers: Record<string, unknown> = JSON.parse(readFileSync(path.join(SAM_IDS, 'answers.json'), 'utf8'));

/** tests/unit/template/sam-logical-ids.test.ts holds the loop's against the same answers. */
describe.runIf(python.expected)("the recorded logical ids are those of SAM's translator", () => {
  test.each(samIdTemplates())('for %s', async (name) => {
    const template = path.join(SAM_IDS, `${name}.yaml`);
    expect(answers[name]).toEqual(await typesBySam(python, template, SAM_ID_PARAMETERS));
  });
});
