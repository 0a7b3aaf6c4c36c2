import { formatArn } from '../../../aws/arn.ts';
import { list, required, structure, text, timestamp } from '../../../aws/members.ts';
import { refuseName, refuseNoArn } from '../errors.ts';
import type { ActivityModel } from '../machines/state-machine.ts';
import { listed, operation } from './context.ts';
import { encryptionOf, tagsOf } from './machine-views.ts';
import { ARN, ENCRYPTION, NAME, PAGED, TAGS } from './shapes.ts';

/** A worker that finds no task waits so long for one (API reference, "GetActivityTask"). */
const LONG_POLL_MS = 60_000;

const ACTIVITY = required(ARN);

export const ACTIVITY_OPERATIONS = {
  CreateActivity: operation({
    input: { name: required(NAME), tags: TAGS, encryptionConfiguration: ENCRYPTION },
    output: { activityArn: ARN, creationDate: timestamp() },
    needs: ({ name = '*' }, { place }) => [formatArn(place, 'states', `activity:${name}`)],
    handle({ name, tags = [], encryptionConfiguration }, { place, activities }) {
      refuseName(name);
      const arn = formatArn(place, 'states', `activity:${name}`);
      const model: ActivityModel = {
        logicalId: '',
        name,
        arn,
        ...(encryptionConfiguration && { encryption: encryptionOf(encryptionConfiguration) }),
        tags: tagsOf(tags),
      };
      // The same call again makes no other (API reference, "CreateActivity").
      const { createdMs } = activities.find(arn) ?? activities.put(model);
      return { activityArn: arn, creationDate: createdMs };
    },
  }),
  DescribeActivity: operation({
    input: { activityArn: ACTIVITY },
    output: {
      activityArn: ARN,
      name: NAME,
      creationDate: timestamp(),
      encryptionConfiguration: ENCRYPTION,
    },
    needs: ({ activityArn = '*' }) => [activityArn],
    handle({ activityArn }, { activities }) {
      const { model, createdMs } = activities.get(activityArn);
      const { name, encryption } = model;
      return { activityArn, name, creationDate: createdMs, encryptionConfiguration: encryption };
    },
  }),
  ListActivities: operation({
    input: PAGED,
    output: {
      activities: list(structure({ activityArn: ARN, name: NAME, creationDate: timestamp() })),
      nextToken: text(),
    },
    needs: () => ['*'],
    handle(input, { activities }) {
      const order = { keyOf: ({ model }: { model: ActivityModel }) => model.name };
      const { items, nextToken } = listed('ListActivities', activities.list(), input, order);
      const views = items.map(({ model: { arn, name }, createdMs }) => ({
        activityArn: arn,
        name,
        creationDate: createdMs,
      }));
      return { activities: views, nextToken };
    },
  }),
  DeleteActivity: operation({
    input: { activityArn: ACTIVITY },
    output: {},
    needs: ({ activityArn = '*' }) => [activityArn],
    handle({ activityArn }, { activities }) {
      refuseNoArn(activityArn);
      activities.remove(activityArn);
      return {};
    },
  }),
  GetActivityTask: operation({
    input: { activityArn: ACTIVITY, workerName: NAME },
    output: { taskToken: text(), input: text() },
    needs: ({ activityArn = '*' }) => [activityArn],
    async handle({ activityArn, workerName }, { activities, clock }, { signal }) {
      activities.get(activityArn);
      const over = new AbortController();
      const timer = clock.after(LONG_POLL_MS, () => over.abort());
      try {
        const task = await activities.take(activityArn, AbortSignal.any([signal, over.signal]));
        task?.onStarted(workerName);
        return task ? { taskToken: task.token, input: task.input } : {};
      } finally {
        timer.cancel();
      }
    },
  }),
};
