import { expect, onTestFinished, test } from 'vitest';
import { type Fact, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Teller:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x, Handler: index.handler, InlineCode: 'exports.handler = async () => process.pid;' }
`;

const initialisations = (facts: readonly Fact[]) =>
  facts.filter((fact) => fact.kind === 'log' && fact.line.startsWith('INIT_START')).length;

test('functions start when they are called, and as many processes of each as a test allows', async () => {
  const template = `${projectFolder({ 'template.yaml': TEMPLATE })}/template.yaml`;
  const loop = await startLoop({ template, startsAhead: false, maxEnvironments: 1 });
  onTestFinished(loop.stop);
  expect(initialisations(loop.facts.soFar())).toBe(0);
  const answers = await Promise.all([1, 2, 3].map(() => loop.invoke('Teller')));
  expect(new Set(answers.map(({ payload }) => payload)).size).toBe(1);
  expect(initialisations(loop.facts.soFar())).toBe(1);

  const ahead = await startLoop({ template });
  onTestFinished(ahead.stop);
  expect(initialisations(ahead.facts.soFar())).toBe(1);
});
