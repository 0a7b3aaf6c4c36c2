import type { DataStreamModel } from '../../../template/model.ts';
import type { World } from '../../../template/world.ts';

const KNOWN_PROPERTIES = ['ConsumerName', 'StreamARN', 'Tags'];

/** Gives each AWS::Kinesis::StreamConsumer to its stream. */
export function attachConsumers(streams: readonly DataStreamModel[], world: World): void {
  for (const resource of world.ofType('AWS::Kinesis::StreamConsumer')) {
    const properties = world.read(resource, KNOWN_PROPERTIES);
    const name = properties.requiredText('ConsumerName');
    const streamArn = properties.requiredText('StreamARN');
    const stream = streams.find(({ arn }) => arn === streamArn);
    if (!stream) {
      world.reports.notEmulated(resource, `the stream ${streamArn} is not in this template`);
      continue;
    }
    world.reports.emulated(resource);
    stream.consumers ??= [];
    stream.consumers.push({ name, arn: world.scope.physicalId(resource) });
  }
}
