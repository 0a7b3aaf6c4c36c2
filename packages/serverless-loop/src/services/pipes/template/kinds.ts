import { formatArn } from '../../../aws/arn.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { readPipes } from './pipe.ts';

export const PIPES_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::Pipes::Pipe',
    nameProperty: 'Name',
    longestName: 64,
    attributes: {
      Arn: (it) => formatArn(it.place, 'pipes', `pipe/${it.name}`),
      CurrentState: (it) => (it.text('DesiredState') === 'STOPPED' ? 'STOPPED' : 'RUNNING'),
    },
    hasMoreAttributes: true,
    replacedBy: ['Source'],
    isMain: true,
    after: [
      'AWS::DynamoDB::Table',
      'AWS::Events::ApiDestination',
      'AWS::Events::EventBus',
      'AWS::Kinesis::Stream',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'AWS::SNS::Topic',
      'AWS::SQS::Queue',
      'AWS::StepFunctions::StateMachine',
    ],
    leftOut: [
      ['KmsKeyIdentifier', 'accepted', 'nothing is encrypted here'],
      ['LogConfiguration', 'not emulated', 'a pipe logs nothing of its own here'],
    ],
    read: readPipes,
  },
];
