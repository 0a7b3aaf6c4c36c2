import type { QueueModel } from '../../../template/model.ts';
import { readPolicyDocument } from '../../../template/statements.ts';
import type { World } from '../../../template/world.ts';

/** Gives each AWS::SQS::QueuePolicy to its queues. A queue has one policy: the last one made replaces the others. */
export function attachQueuePolicies(queues: readonly QueueModel[], world: World): void {
  const policyOf = new Map<QueueModel, string>();
  for (const resource of world.ofType('AWS::SQS::QueuePolicy')) {
    const properties = world.read(resource, ['PolicyDocument', 'Queues']);
    const statements = readPolicyDocument(properties, 'resource');
    world.reports.emulated(resource);
    if (world.reports.isUnavailable(resource)) continue;
    const outside: string[] = [];
    for (const url of properties.texts('Queues')) {
      const queue = queues.find((candidate) => candidate.url === url);
      if (!queue) {
        if (world.declared('AWS::SQS::Queue').some((other) => world.scope.physicalId(other) === url))
          continue;
        if (world.runsElsewhere('queue', url.slice(url.lastIndexOf('/') + 1))) outside.push(url);
        else {
          const problem = `expected URLs of queues of this template (use !Ref), found ${JSON.stringify(url)}`;
          if (url.startsWith('https:')) properties.giveUp('Queues', problem);
          else properties.complain('Queues', problem);
        }
        continue;
      }
      const earlier = policyOf.get(queue);
      if (earlier)
        world.reports.part(
          resource,
          'Queues',
          properties.lineOf('Queues'),
          'accepted',
          `replaces ${earlier} as the policy of ${queue.logicalId}; on AWS the last one made counts`,
        );
      policyOf.set(queue, resource.logicalId);
      queue.resourcePolicy = statements;
    }
    const { logicalId } = resource;
    const name = world.scope.physicalId(resource);
    if (outside.length > 0)
      world.attachments.push({ kind: 'queuePolicy', logicalId, name, queueUrls: outside, statements });
  }
}
