import { describe, expect, test } from 'vitest';
import { load, problemsOf, reportOf } from './load.ts';

const QUEUES = `
  In: {Type: AWS::SQS::Queue}
  Out: {Type: AWS::SQS::Queue}`;

const pipe = (properties: string) => `
Resources:
  It:
    Type: AWS::Pipes::Pipe
    Properties: {RoleArn: "arn:aws:iam::123456789012:role/pipe", Target: !GetAtt Out.Arn, ${properties}}${QUEUES}`;

describe('a pipe', () => {
  test('is named when its source, enrichment or target is none here', () => {
    const kafka = pipe('Source: "arn:aws:kafka:eu-west-1:123456789012:cluster/c/1"');
    expect(reportOf(load(kafka), 'It')).toMatchObject({
      status: 'not emulated',
      reason: expect.stringContaining('a pipe here reads queues and streams'),
    });
    const enriched = pipe(
      'Source: !GetAtt In.Arn, Enrichment: "arn:aws:execute-api:eu-west-1:123456789012:a/b/GET/"',
    );
    expect(reportOf(load(enriched), 'It')).toMatchObject({ status: 'not emulated' });
    const foreign = load(
      pipe('Source: !GetAtt In.Arn')
        .replace('!GetAtt Out.Arn', '!GetAtt Key.Arn')
        .concat('\n  Key: {Type: AWS::KMS::Key}'),
    );
    expect(reportOf(foreign, 'It')).toMatchObject({ status: 'not emulated' });
    expect(foreign.others).toEqual([]);
  });

  /* Template reference, "AWS::Pipes::Pipe": its properties are the members of CreatePipe. */
  test.each([
    ['Description: no source', 'Source'],
    ['Source: !GetAtt In.Arn, SourceParameters: {SqsQueueParameters: {BatchSize: 0}}', 'batchSize'],
    ['Source: !GetAtt In.Arn, DesiredState: PAUSED', 'desiredState'],
    ['Source: !GetAtt In.Arn, Sources: 1', 'Sources'],
  ])('with %s is refused', (properties, told) => {
    expect(problemsOf(pipe(properties)).join()).toContain(told);
  });

  test('has the settings of its source and what it sends', () => {
    const settings = 'SourceParameters: {SqsQueueParameters: {BatchSize: 5}}, DesiredState: STOPPED';
    const { others } = load(pipe(`Name: it, Source: !GetAtt In.Arn, ${settings}`));
    expect(others).toMatchObject([
      {
        type: 'AWS::Pipes::Pipe',
        model: { name: 'it', isRunning: false, source: { SqsQueueParameters: { BatchSize: 5 } } },
      },
    ]);
  });
});
