import { expect, test } from 'vitest';
import { problemsOf } from './load.ts';

// Template reference, "AWS::Kinesis::Stream Tag" and its like of the others: "Value. Required: Yes".
test.each([
  'Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1, TAGS}',
  'Type: AWS::SecretsManager::Secret, Properties: {TAGS}',
  'Type: AWS::Scheduler::ScheduleGroup, Properties: {TAGS}',
  'Type: AWS::StepFunctions::Activity, Properties: {Name: pack, TAGS}',
  'Type: AWS::ApiGateway::DomainName, Properties: {DomainName: api.example.com, TAGS}',
])('a tag without a value is told: %s', (resource) => {
  const template = `Resources:\n  Box: {${resource.replace('TAGS', 'Tags: [{Key: team}]')}}\n`;
  expect(problemsOf(template).join('\n')).toContain('Value, expected text, found nothing');
});
