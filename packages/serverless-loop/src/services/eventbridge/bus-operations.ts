import { AwsError } from '../../aws/errors.ts';
import { oneOf, required, structure, text } from '../../aws/members.ts';
import { busOf, limitExceeded, operation } from './context.ts';
import { OWN_BUS_NAME, TAGS } from './shapes.ts';
import { tagsOf } from './tag-operations.ts';

/** Of an account, unless it was raised (EventBridge guide, quotas). */
const MOST_BUSES = 100;

/** Kept, and without effect: nothing is encrypted here, and a bus logs nothing of its own. */
const SETTINGS = {
  Description: text({ max: 512 }),
  KmsKeyIdentifier: text({ max: 2_048, pattern: String.raw`[a-zA-Z0-9_\-/:]*` }),
  DeadLetterConfig: structure({ Arn: text({ min: 1, max: 1_600 }) }),
  LogConfig: structure({
    IncludeDetail: oneOf(['NONE', 'FULL']),
    Level: oneOf(['OFF', 'ERROR', 'INFO', 'TRACE']),
  }),
} as const;

/** The operations that make, change and remove buses; their words are of LocalStack's record, test_events.snapshot.json. */
export const BUS_OPERATIONS = {
  CreateEventBus: operation({
    input: { Name: required(OWN_BUS_NAME), ...SETTINGS, Tags: TAGS },
    output: { EventBusArn: text(), ...SETTINGS },
    needs: ({ Name }, { buses }) => [buses.arnOf(Name)],
    handle({ Name: name, Tags, ...settings }, { buses, tags }) {
      if (name.includes('/'))
        throw new AwsError('ValidationException', "Event bus name must not contain '/'.");
      if (buses.find(name))
        throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
      if (buses.all.length >= MOST_BUSES) throw limitExceeded();
      const arn = buses.arnOf(name);
      const { Description: description } = settings;
      buses.add({ logicalId: '', name, arn, ...(description !== undefined && { description }) });
      tags.set(arn, tagsOf(Tags));
      return { EventBusArn: arn, ...settings };
    },
  }),
  UpdateEventBus: operation({
    input: { Name: OWN_BUS_NAME, ...SETTINGS },
    output: { Arn: text(), Name: text(), ...SETTINGS },
    needs: ({ Name }, { buses }) => [buses.arnOf(Name)],
    handle({ Name, ...settings }, context) {
      const { name, arn } = busOf(Name, context);
      const { Description: description } = settings;
      context.buses.change({ logicalId: '', name, arn, ...(description !== undefined && { description }) });
      return { Arn: arn, Name: name, ...settings };
    },
  }),
  DeleteEventBus: operation({
    input: { Name: required(OWN_BUS_NAME) },
    needs: ({ Name }, { buses }) => [buses.arnOf(Name)],
    handle({ Name }, context) {
      const { name, arn } = busOf(Name, context);
      context.buses.remove({ name });
      context.tags.delete(arn);
      return {};
    },
  }),
};
