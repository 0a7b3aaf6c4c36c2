import { expect, onTestFinished, test } from 'vitest';
import { startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Ticker:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: handler.handler
      CodeUri: code/
      Events:
        Often: { Type: Schedule, Properties: { Schedule: rate(5 minutes) } }
        Nightly: { Type: Schedule, Properties: { Name: nightly, Schedule: 'cron(0 2,4 * * ? *)', Input: '{"night":true}' } }
        Never: { Type: Schedule, Properties: { Schedule: rate(1 minute), Enabled: false, Input: '{"never":true}' } }
`;
const HANDLER = `exports.handler = async (event) => { process.stdout.write('EVENT ' + JSON.stringify(event) + '\\n'); };`;

test('rules with a schedule fire at their times of the day, with EventBridge’s event or their input', async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE, 'code/handler.js': HANDLER });
  const loop = await startLoop({
    template: `${folder}/template.yaml`,
    clock: { retries: 'manual', day: new Date('2026-11-28T01:52:00Z') },
  });
  onTestFinished(loop.stop);
  const events = () =>
    loop.facts
      .soFar()
      .flatMap((fact) => (fact.kind === 'log' && fact.line.startsWith('EVENT ') ? [fact.line] : []))
      .map((line) => JSON.parse(line.slice('EVENT '.length)));

  await loop.clock.advance(4 * 60_000);
  expect(events()).toEqual([]);
  await loop.clock.advance(60_000);
  const ruleName = loop.physicalId('TickerOften');
  // EventBridge guide, "Creating a rule that runs on a schedule", example event.
  expect(events()).toEqual([
    {
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: expect.stringMatching(/^2026-11-28T01:57:\d\dZ$/),
      region: 'us-east-1',
      resources: [`arn:aws:events:us-east-1:000000000000:rule/${ruleName}`],
      detail: {},
    },
  ]);
  await loop.clock.advance(4 * 60_000);
  await loop.idle();
  expect(events().filter(({ night }) => night)).toHaveLength(1);
  await loop.clock.advance(2 * 3_600_000);
  await loop.idle();
  expect(events().filter(({ night }) => night)).toHaveLength(2);
  expect(events().filter(({ never }) => never)).toEqual([]);
});
