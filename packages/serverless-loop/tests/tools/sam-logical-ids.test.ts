import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../loop-in-process.ts';
import { typesBySam, typesInLoop } from './sam-translation.ts';
import { findPythonOfSam } from './tool.ts';

const python = await findPythonOfSam();

const FUNCTION =
  'Type: AWS::Serverless::Function\n    Properties: {Handler: index.handler, Runtime: nodejs24.x, InlineCode: "exports.handler = () => 1"';

const VARIANTS: Record<string, string> = {
  'roles and queues that SAM makes': `
  Packer:
    ${FUNCTION}, Tracing: Active, EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}, OnSuccess: {Type: SNS}}}, Events: {
      Tick: {Type: Schedule, Properties: {Schedule: rate(1 minute), DeadLetterConfig: {Type: SQS}}},
      Box: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}, DeadLetterConfig: {Type: SQS, QueueLogicalId: Lost}}},
      Old: {Type: CloudWatchEvent, Properties: {Pattern: {source: [b]}}}}}`,
  'connectors beside their source, at it, and to several destinations': `
  Packer:
    ${FUNCTION}}
    Connectors: {Out: {Properties: {Destination: {Id: Box}, Permissions: [Read, Write]}}, All: {Properties: {Destination: [{Id: Box}, {Id: News}], Permissions: [Write]}}}
  Box: {Type: AWS::SQS::Queue}
  News: {Type: AWS::SNS::Topic}
  Calling: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: News}, Destination: {Id: Packer}, Permissions: [Write]}}
  Sending: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: News}, Destination: {Id: Box}, Permissions: [Write]}}`,
  'a nested application': `
  Shop:
    Type: AWS::Serverless::Application
    Properties: {Location: "https://s3.amazonaws.com/b/k", Parameters: {A: b}}`,
  'aliases of changing memory, environment and letters': `
  Packer:
    ${FUNCTION}, AutoPublishAlias: my-live_one, MemorySize: !Ref Memory, Environment: {Variables: {NAME: "säck 🥨", TOPIC: !GetAtt Other.Arn, WHERE: !Sub "\${AWS::Region}", MODE: !If [Never, a, b]}}}
  Other:
    ${FUNCTION}, AutoPublishAlias: live, AutoPublishCodeSha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}
  Whole:
    ${FUNCTION}, AutoPublishAlias: live, AutoPublishAliasAllProperties: true, MemorySize: !Ref Memory, Tracing: Active, Tags: {team: depot}, DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Lost.Arn}}
  Lost: {Type: AWS::SQS::Queue}
  WholeUploaded:
    Type: AWS::Serverless::Function
    Properties: {Handler: index.handler, Runtime: nodejs24.x, AutoPublishAlias: live, AutoPublishAliasAllProperties: true, CodeUri: {Bucket: b, Key: !Ref Key}, Role: !GetAtt PackerRole.Arn}
  Zipped:
    Type: AWS::Serverless::Function
    Properties: {Handler: index.handler, Runtime: nodejs24.x, AutoPublishAlias: live, CodeUri: {Bucket: b, Key: !Ref Key}}
  Uploaded:
    Type: AWS::Serverless::Function
    Properties: {Handler: index.handler, Runtime: nodejs24.x, AutoPublishAlias: live, CodeUri: "s3://bucket/key"}`,
  'deployments by CodeDeploy, with its role and without': `
  Packer:
    ${FUNCTION}, AutoPublishAlias: live, DeploymentPreference: {Type: Linear10PercentEvery1Minute}}
  Shipper:
    ${FUNCTION}, AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce, Role: !GetAtt PackerRole.Arn}}
  Still:
    ${FUNCTION}, AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce, Enabled: false}}
  Perhaps:
    ${FUNCTION}, AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce, Enabled: !If [Never, true, false], Role: !GetAtt PackerRole.Arn}}`,
  'tables, polled sources and URLs': `
  Boxes:
    Type: AWS::Serverless::SimpleTable
  Packer:
    ${FUNCTION}, FunctionUrlConfig: {AuthType: NONE}, Events: {
      Queue: {Type: SQS, Properties: {Queue: "arn:aws:sqs:eu-west-1:000000000000:q"}},
      Topic: {Type: SNS, Properties: {Topic: "arn:aws:sns:eu-west-1:000000000000:t"}},
      Stream: {Type: DynamoDB, Properties: {Stream: "arn:aws:dynamodb:eu-west-1:000000000000:table/t/stream/s", StartingPosition: LATEST}},
      Later: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 hour)}}}}
  Guarded:
    ${FUNCTION}, FunctionUrlConfig: {AuthType: AWS_IAM}}`,
  'state machines with their sources': `
  Steps:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Pass, End: true}}}
      Policies: [LambdaInvokePolicy: {FunctionName: !Ref Packer}]
      Events:
        Tick: {Type: Schedule, Properties: {Schedule: rate(1 minute)}}
        Box: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}}
        Old: {Type: CloudWatchEvent, Properties: {Pattern: {source: [a]}}}
        Later: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 hour)}}
        Post: {Type: Api, Properties: {Method: post, Path: /order}}
  Guarded:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Pass, End: true}}}
      Role: !GetAtt PackerRole.Arn
  Packer:
    ${FUNCTION}}`,
  'APIs of their own, with stages and keys': `
  Front:
    Type: AWS::Serverless::Api
    Properties: {StageName: live, Auth: {UsagePlan: {CreateUsagePlan: PER_API}, ApiKeyRequired: true}}
  Staged:
    Type: AWS::Serverless::Api
    Properties: {StageName: !Ref Key}
  Web:
    Type: AWS::Serverless::HttpApi
    Properties: {StageName: prod}
  Plain:
    Type: AWS::Serverless::HttpApi
  Packer:
    ${FUNCTION}, Events: {
      Get: {Type: Api, Properties: {Method: get, Path: /a, RestApiId: !Ref Front}},
      Own: {Type: Api, Properties: {Method: get, Path: /d, RestApiId: !Ref Staged}},
      Http: {Type: HttpApi, Properties: {Method: get, Path: /b, ApiId: !Ref Web}},
      Bare: {Type: HttpApi, Properties: {Method: get, Path: /c, ApiId: !Ref Plain}}}}`,
  'APIs that functions share': `
  Packer:
    ${FUNCTION}, Events: {Get: {Type: Api, Properties: {Method: get, Path: /a}}, Http: {Type: HttpApi, Properties: {Method: get, Path: /b}}}}`,
};

/**
 * A deployment of a REST API has a hash of its whole definition in its name, to which nothing in a template can refer; one of
 * an API that only state machines answer isn't made here.
 */
function withoutDeployments(types: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(types).filter(([, type]) => type !== 'AWS::ApiGateway::Deployment'),
  );
}

const HEAD = `Transform: AWS::Serverless-2016-10-31
Parameters: {Memory: {Type: Number, Default: 256}, Key: {Type: String, Default: folder/code.zip}}
Conditions: {Never: !Equals [a, b]}
Resources:`;

describe.runIf(python.expected)("the loop's logical ids are those of SAM's translator", () => {
  test.each(Object.entries(VARIANTS))('for %s', async (_what, resources) => {
    const folder = projectFolder({ 'template.yaml': HEAD + resources });
    const template = path.join(folder, 'template.yaml');
    const parameters = { Memory: '512', Key: 'other/code.zip' };
    const bySam = withoutDeployments(await typesBySam(python, template, parameters));
    expect(withoutDeployments(typesInLoop(template, parameters))).toEqual(bySam);
  });
});
