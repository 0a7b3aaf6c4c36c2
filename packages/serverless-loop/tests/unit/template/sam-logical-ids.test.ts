import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SAM_IDS, samIdTemplates, typesInLoop, withoutDeploymentDigits } from '../../sam-ids.ts';

/** The answers of aws-sam-translator 1.115.0 for each template; tests/tools/sam-logical-ids.test.ts asks it again. */
const answers: Record<string, Record<string, string>> = JSON.parse(
  readFileSync(path.join(SAM_IDS, 'answers.json'), 'utf8'),
);

describe("the loop's logical ids are those of SAM's translator", () => {
  test.each(samIdTemplates())('for %s', (name) => {
    const types = typesInLoop(path.join(SAM_IDS, `${name}.yaml`));
    expect(withoutDeploymentDigits(types)).toEqual(withoutDeploymentDigits(answers[name] ?? {}));
  });
});
