import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loopOptions } from '../../src/cli/start-options.ts';
import { startLoop } from '../../src/loop/loop.ts';
import { BenchError } from '../bench-error.ts';
import { type Client, startClient } from '../client/client-process.ts';
import type { Source } from '../client/job.ts';
import type { FigureOptions } from '../figure.ts';
import { temporaryFolder } from './project.ts';

/** Answers at once, and logs how long each mark of its event has been under way, by the machine's clock. */
const HANDLER = `const MARK = /sentAt(?:=|%3D)([0-9.]+)/g;
exports.handler = async (event) => {
  const now = Number(process.hrtime.bigint()) / 1e6;
  const decoded = (event.Records ?? []).map((record) => Buffer.from(record.kinesis?.data ?? '', 'base64'));
  const marks = [...(JSON.stringify(event) + decoded.join()).matchAll(MARK)].map(([, at]) => now - Number(at));
  console.log('took ' + JSON.stringify(marks));
  return { statusCode: 200, body: '{"ok":true}' };
};
`;

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Topic: { Type: AWS::SNS::Topic }
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: bench } }
  Stream: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 1 } }
  Bucket: { Type: AWS::S3::Bucket }
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
  Called:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: code/
      Handler: handler.handler
      Runtime: nodejs24.x
      Events:
        Queue: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } }
        Topic: { Type: SNS, Properties: { Topic: !Ref Topic } }
        Rule: { Type: EventBridgeRule, Properties: { EventBusName: !Ref Bus, Pattern: { source: [bench] } } }
        Table: { Type: DynamoDB, Properties: { Stream: !GetAtt Table.StreamArn, StartingPosition: LATEST } }
        Stream: { Type: Kinesis, Properties: { Stream: !GetAtt Stream.Arn, StartingPosition: LATEST } }
        Bucket: { Type: S3, Properties: { Bucket: !Ref Bucket, Events: 's3:ObjectCreated:*' } }
        Api: { Type: HttpApi, Properties: { Path: /sent, Method: POST } }
Outputs:
  invoke: { Value: !Ref Called }
  queue: { Value: !Ref Queue }
  topic: { Value: !Ref Topic }
  rule: { Value: !Ref Bus }
  table: { Value: !Ref Table }
  stream: { Value: !Ref Stream }
  bucket: { Value: !Ref Bucket }
  api: { Value: !Sub 'https://\${ServerlessHttpApi}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/sent' }
`;

/** A loop in this process that runs one function with every source, and a client of it in another. */
export interface SourcesApplication {
  client: Client;
  endpoint: string;
  handlerFile: string;
  targetOf(source: Source): string;
  /** Sends `count` messages, `atOnce` at any time, and resolves with the milliseconds that each took to its handler. */
  send(source: Source, count: number, atOnce: number): Promise<number[]>;
}

const PATIENCE_MS = 30_000;
const BATCH = 10;

export async function startSourcesApplication(options: FigureOptions): Promise<SourcesApplication> {
  const folder = temporaryFolder(options);
  const template = path.join(folder, 'template.yaml');
  const handlerFile = path.join(folder, 'code/handler.js');
  mkdirSync(path.dirname(handlerFile));
  writeFileSync(handlerFile, HANDLER);
  writeFileSync(template, TEMPLATE);
  let took: number[] = [];
  let heard = () => {};
  const loop = await startLoop({
    ...loopOptions(
      { template },
      (fact) => {
        if (fact.kind !== 'log' || fact.source !== 'function') return;
        const [, marks = '[]'] = /took (\[.*\])/.exec(fact.line) ?? [];
        const times: number[] = JSON.parse(marks);
        took.push(...times);
        heard();
      },
      0,
    ),
    cacheDir: path.join(folder, 'cache'),
    watch: false,
  });
  options.atEnd(() => loop.stop());
  const client = startClient(options);
  await loop.ready();
  const targets = new Map(loop.stack.outputs.map(({ name, value }) => [name, value]));

  function targetOf(source: Source): string {
    const target = targets.get(source === 'queue batch' ? 'queue' : source);
    if (typeof target !== 'string') throw new BenchError(`the template has no output for ${source}`);
    return target;
  }

  return {
    client,
    endpoint: loop.endpoint,
    handlerFile,
    targetOf,
    async send(source, count, atOnce) {
      took = [];
      const calls = source === 'queue batch' ? Math.ceil(count / BATCH) : count;
      const wanted = source === 'queue batch' ? calls * BATCH : count;
      const all = new Promise<void>((resolve, reject) => {
        const late = setTimeout(
          () =>
            reject(new BenchError(`${source}: ${took.length} of ${wanted} came within ${PATIENCE_MS} ms`)),
          PATIENCE_MS,
        );
        heard = () => {
          if (took.length < wanted) return;
          clearTimeout(late);
          resolve();
        };
      });
      const job = { kind: 'send', source, endpoint: loop.endpoint, target: targetOf(source) } as const;
      await Promise.all([all, client.run({ ...job, count: calls, atOnce })]);
      return took;
    },
  };
}
