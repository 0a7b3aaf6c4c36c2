import * as dynamoDbStreams from '@aws-sdk/client-dynamodb-streams';
import * as s3 from '@aws-sdk/client-s3';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as sns from '@aws-sdk/client-sns';
import { DYNAMODB_STREAMS } from '../../src/services/dynamodb/api/service.ts';
import { S3_SERVICE } from '../../src/services/s3/service.ts';
import { SCHEDULER } from '../../src/services/scheduler/service.ts';
import { SNS } from '../../src/services/sns/service.ts';
import { SERVICES } from '../unit/aws/api-models.ts';
import { notRead } from '../unit/aws/model-departures.ts';
import { modelOf } from '../unit/aws/sdk-model.ts';

/** The operations of one service: those that are answered, and those that its API has besides. */
export interface AnsweredService {
  title: string;
  answered: string[];
  absent: string[];
  /** Members of the answered ones that are taken and have no effect, e.g. `CreateStack.RoleARN`. */
  ignored: string[];
}

type Described = (typeof SERVICES)[number][1];

/** Those whose tables are held against their models in other ways. */
const MORE: [title: string, service: Described, client: object][] = [
  ['DynamoDB Streams', DYNAMODB_STREAMS, dynamoDbStreams],
  ['S3', S3_SERVICE, s3],
  ['EventBridge Scheduler', SCHEDULER, scheduler],
  ['SNS', SNS, sns],
];

const TITLES: Readonly<Record<string, string>> = { Pipes: 'EventBridge Pipes' };

/** By title. The parts of one service are joined. */
export function answeredServices(): AnsweredService[] {
  const parts = [...SERVICES.map(([title, service, client]) => [title, service, client] as const), ...MORE];
  const byTitle = Map.groupBy(parts, ([title]) => TITLES[title] ?? title.replace(/ for tools$/, ''));
  return [...byTitle]
    .map(([title, ofTitle]) => {
      const answered = new Set(ofTitle.flatMap(([, { operations }]) => Object.keys(operations)));
      const model = modelOf(ofTitle[0]?.[2] ?? {});
      return {
        title,
        answered: [...answered].sort(),
        absent: [...model.keys()].filter((name) => !answered.has(name)).sort(),
        ignored: ofTitle.flatMap(([, service, client]) => notRead(service, modelOf(client))).sort(),
      };
    })
    .sort((one, other) => one.title.localeCompare(other.title, 'en'));
}
