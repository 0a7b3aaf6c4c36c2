import { AwsError } from '../../aws/errors.ts';
import { type Read, required, text } from '../../aws/members.ts';
import { busOf, limitExceeded, operation } from './context.ts';
import { BUS_SETTINGS, OWN_BUS_NAME, TAGS } from './shapes.ts';
import { tagsOf } from './tag-operations.ts';

/** Of an account, unless it was raised (EventBridge guide, quotas). */
const MAX_BUSES = 100;

const SETTINGS = { Description: text({ max: 512 }), ...BUS_SETTINGS } as const;

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
      if (buses.all.length >= MAX_BUSES) throw limitExceeded();
      const arn = buses.arnOf(name);
      buses.add({ logicalId: '', name, arn, ...settingsOf(settings) });
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
      context.buses.change({ logicalId: '', name, arn, ...settingsOf(settings) });
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

function settingsOf({ Description: description, ...settings }: Read<typeof SETTINGS>) {
  return { ...(description !== undefined && { description }), settings };
}
