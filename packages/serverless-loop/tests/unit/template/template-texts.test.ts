import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Problems } from '../../../src/template/problems.ts';
import { summarizeTemplate } from '../../../src/template/summary.ts';
import { type ParsedText, templateTexts } from '../../../src/template/template-texts.ts';
import { parseYaml } from '../../../src/template/yaml/read-yaml.ts';

const SHORT = 'Resources: {Boxes: {Type: AWS::SQS::Queue}}';

/** Longer than what is parsed at once. */
function longText(more = ''): string {
  const rules = Array.from({ length: 700 }, (_, index) => {
    const name = `Rule${index}`;
    return `  ${name}: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [{wildcard: "*-${index}-*"}]}}}`;
  });
  return ['Resources:', ...rules, more].join('\n');
}

/** Texts whose parsing is counted. */
function countedTexts() {
  const parsed: string[] = [];
  const count = (source: string): ParsedText => {
    parsed.push(source);
    const problems = new Problems('template');
    return { root: parseYaml(source, problems), problems: problems.found() };
  };
  const texts = templateTexts({ here: count, aside: async (source) => count(source) });
  return { texts, parsed };
}

test.each([
  ['short', SHORT],
  ['long', longText()],
])('a %s text is parsed once for all who ask for it', async (_, text) => {
  const { texts, parsed } = countedTexts();
  await Promise.all([texts.ready(text), texts.ready(text)]);
  await texts.ready(text);
  summarizeTemplate(text, texts.read);
  summarizeTemplate(text, texts.read);
  expect(parsed).toEqual([text]);
});

test('the texts that were used last are kept, as far as they are no longer than the largest template', async () => {
  const { texts, parsed } = countedTexts();
  const [one, other, third] = ['1', '2', '3'].map((name) => `${SHORT}\n# ${name}${'x'.repeat(400_000)}`);
  for (const text of [one, other, one, third, one, other]) {
    await texts.ready(text ?? '');
    summarizeTemplate(text ?? '', texts.read);
  }
  expect(parsed).toEqual([one, other, third, other]);
});

test('others are served while a long text is parsed', async () => {
  const texts = templateTexts();
  let isReady = false;
  const ready = texts.ready(longText()).then(() => {
    isReady = true;
  });
  let turns = 0;
  for (; !isReady; turns += 1) await turn();
  await ready;
  expect(turns).toBeGreaterThan(20);
});

test('a long text is read in a thread as it is read at once, its long numbers and what is wrong with it, too', async () => {
  const text = longText(
    'Outputs: {Long: {Value: [12345678901234567890, 1.10]}, Wrong: !Unknown x, Wrong: y}',
  );
  const texts = templateTexts();
  await texts.ready(text);
  const [aside, here] = [new Problems('template'), new Problems('template')];
  expect(texts.read(text, aside)).toEqual(parseYaml(text, here));
  expect(aside.found()).toEqual(here.found());
  expect(here.none()).toBe(false);
});

test('a text that is longer than a template may be is not parsed', async () => {
  const { texts, parsed } = countedTexts();
  const text = `${SHORT}\n# ${'x'.repeat(1_048_576)}`;
  await texts.ready(text);
  expect(() => summarizeTemplate(text, texts.read)).toThrow('larger than CloudFormation takes');
  expect(parsed).toEqual([]);
});
