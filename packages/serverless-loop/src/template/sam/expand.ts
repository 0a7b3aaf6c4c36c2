import type { Problems } from '../problems.ts';
import type { Resource } from '../resource.ts';
import { type ApiEvent, apiEventsOf } from './api-events.ts';
import { expandApplication } from './application.ts';
import { embeddedConnectors, expandConnector } from './connector.ts';
import { type BucketEvent, bucketEventsOf, withNotifications } from './event-bucket.ts';
import { expandFunction } from './function.ts';
import { expandHttpApi } from './http-api.ts';
import { expandLayerVersion } from './layer-version.ts';
import type { ParameterValue } from './made.ts';
import { expandRestApi } from './rest-api.ts';
import { expandSimpleTable } from './simple-table.ts';
import { expandStateMachine } from './state-machine.ts';

/**
 * The resources with SAM's own replaced by what SAM makes of them, under SAM's logical ids.
 * Other types, SAM's among them, stay as they are.
 */
export function expandSam(
  resources: readonly Resource[],
  problems: Problems,
  parameterValue: ParameterValue = () => undefined,
): Resource[] {
  const expanded: Resource[] = [];
  const all = [...resources, ...resources.flatMap(embeddedConnectors)];
  const declared = new Map(resources.map((resource) => [resource.logicalId, resource]));
  const apiEvents = resources.flatMap((resource) => apiEventsOf(resource, declared));
  const bucketEvents = resources.flatMap((resource) => bucketEventsOf(resource, declared));
  const made = new Set<string>();
  for (const resource of all.flatMap((each) =>
    expandOne(each, { declared, apiEvents, bucketEvents, problems, parameterValue }),
  )) {
    const clash = resource.madeFrom === undefined ? undefined : declared.get(resource.logicalId);
    if (clash)
      problems.about(resource.logicalId)(
        clash.line,
        `has the logical id of what SAM makes from ${resource.madeFrom}`,
      );
    // Functions share what SAM makes once for all, e.g. ServerlessRestApi.
    if (clash || made.has(resource.logicalId)) continue;
    made.add(resource.logicalId);
    expanded.push(resource);
  }
  return expanded;
}

interface Expansion {
  declared: ReadonlyMap<string, Resource>;
  apiEvents: readonly ApiEvent[];
  bucketEvents: readonly BucketEvent[];
  problems: Problems;
  parameterValue: ParameterValue;
}

function expandOne(
  resource: Resource,
  { declared, apiEvents, bucketEvents, problems, parameterValue }: Expansion,
): Resource[] {
  const expanding = { resource, declared, parameterValue, complain: problems.about(resource.logicalId) };
  if (resource.type === 'AWS::Serverless::Function') return expandFunction(expanding);
  if (resource.type === 'AWS::Serverless::HttpApi') return expandHttpApi(expanding, apiEvents);
  if (resource.type === 'AWS::Serverless::Api') return expandRestApi(expanding, apiEvents);
  if (resource.type === 'AWS::Serverless::LayerVersion') return [expandLayerVersion(expanding)];
  if (resource.type === 'AWS::Serverless::SimpleTable') return [expandSimpleTable(expanding)];
  if (resource.type === 'AWS::Serverless::StateMachine') return expandStateMachine(expanding);
  if (resource.type === 'AWS::Serverless::Application') return [expandApplication(expanding)];
  if (resource.type === 'AWS::S3::Bucket') return [withNotifications(resource, bucketEvents)];
  if (resource.type === 'AWS::Serverless::Connector') return expandConnector(expanding);
  return [resource];
}
