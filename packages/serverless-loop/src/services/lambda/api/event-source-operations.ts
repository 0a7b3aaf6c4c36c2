import { formatArn, LATEST, parseArn } from '../../../aws/arn.ts';
import { list, map, required, structure, text, type Written } from '../../../aws/members.ts';
import type { EventSourceMapping } from '../event-sources/event-sources.ts';
import { qualifiedArn } from '../qualifier.ts';
import { functionOf, notFound } from './api-function-lookup.ts';
import { type LambdaContext, operation } from './context.ts';
import { describeStream, invalid, newMapping, withSettings } from './event-source-settings.ts';
import { MAPPING, MAPPING_SETTINGS, STARTING } from './event-source-shapes.ts';
import { listPage, PAGE_INPUT } from './list-page.ts';
import { FUNCTION_REFERENCE } from './shapes.ts';

const BY_UUID = { UUID: required(text({ at: 'path' })) } as const;
const MAPPINGS = '/2015-03-31/event-source-mappings';

/** Event source mappings (Lambda reference, "CreateEventSourceMapping" and its like). */
export const EVENT_SOURCE_OPERATIONS = {
  CreateEventSourceMapping: operation({
    route: `POST ${MAPPINGS}`,
    status: 202,
    input: {
      FunctionName: required(FUNCTION_REFERENCE),
      EventSourceArn: text({ max: 1024 }),
      ...STARTING,
      ...MAPPING_SETTINGS,
      Tags: map(text()),
    },
    output: MAPPING,
    needs: anyMapping,
    handle(input, context) {
      const model = newMapping(input, invokedArn(input.FunctionName, context));
      const { Tags: tags } = input;
      return describe(context.eventSources.put({ ...model, ...(tags && { tags }) }), context, 'Creating');
    },
  }),

  GetEventSourceMapping: operation({
    route: `GET ${MAPPINGS}/{UUID}`,
    input: BY_UUID,
    output: MAPPING,
    needs: oneMapping,
    handle: (input, context) => describe(mappingOf(input, context), context),
  }),

  ListEventSourceMappings: operation({
    route: `GET ${MAPPINGS}`,
    input: {
      EventSourceArn: text({ at: 'query' }),
      FunctionName: { ...FUNCTION_REFERENCE, at: 'query' },
      ...PAGE_INPUT,
    },
    output: { EventSourceMappings: list(structure(MAPPING)), NextMarker: text() },
    needs: anyMapping,
    handle(input, context) {
      const { EventSourceArn, FunctionName } = input;
      const wanted = FunctionName === undefined ? undefined : functionOf({ FunctionName }, context);
      const arn = wanted && qualifiedArn(wanted.fn, wanted.qualifier);
      const found = context.eventSources
        .list()
        .filter(({ model }) => EventSourceArn === undefined || model.sourceArn === EventSourceArn)
        .filter(({ model }) => arn === undefined || model.functionArn === arn);
      const { items, nextToken } = listPage(found, 'event source mappings', input);
      return {
        EventSourceMappings: items.map((mapping) => describe(mapping, context)),
        NextMarker: nextToken,
      };
    },
  }),

  UpdateEventSourceMapping: operation({
    route: `PUT ${MAPPINGS}/{UUID}`,
    status: 202,
    input: { ...BY_UUID, FunctionName: FUNCTION_REFERENCE, ...MAPPING_SETTINGS },
    output: MAPPING,
    needs: oneMapping,
    handle(input, context) {
      const { model } = mappingOf(input, context);
      const { FunctionName } = input;
      const functionArn = FunctionName === undefined ? model.functionArn : invokedArn(FunctionName, context);
      return describe(
        context.eventSources.put(withSettings({ ...model, functionArn }, input)),
        context,
        'Updating',
      );
    },
  }),

  DeleteEventSourceMapping: operation({
    route: `DELETE ${MAPPINGS}/{UUID}`,
    status: 202,
    input: BY_UUID,
    output: MAPPING,
    needs: oneMapping,
    handle(input, context) {
      const mapping = mappingOf(input, context);
      context.eventSources.remove(mapping.model.name);
      return describe(mapping, context, 'Deleting');
    },
  }),
};

/** IAM judges the making and the listing on all mappings (service authorization reference, "AWS Lambda"). */
function anyMapping(): string[] {
  return ['*'];
}

function oneMapping({ UUID = '' }: { UUID?: string }, context: LambdaContext): string[] {
  return [mappingArn(UUID, context)];
}

function mappingArn(uuid: string, { place }: LambdaContext): string {
  return formatArn(place, 'lambda', `event-source-mapping:${uuid}`);
}

function mappingOf({ UUID }: { UUID: string }, { eventSources }: LambdaContext): EventSourceMapping {
  const mapping = eventSources.find(UUID);
  if (!mapping) throw notFound('The resource you requested does not exist.');
  return mapping;
}

/** A version, `$LATEST` or an alias stays as it is named. */
function invokedArn(FunctionName: string, context: LambdaContext): string {
  const { fn, qualifier } = functionOf({ FunctionName }, context, () => invalid('Function does not exist'));
  const isWhole = qualifier === LATEST && parseArn(FunctionName) !== undefined;
  // LocalStack's record, test_lambda_api.snapshot.json, test_function_name_variations: of a whole ARN $LATEST is left out.
  return qualifiedArn(fn, isWhole ? undefined : qualifier);
}

function describe(
  { model, modifiedAt, lastResult }: EventSourceMapping,
  context: LambdaContext,
  state = model.enabled ? 'Enabled' : 'Disabled',
): Written<typeof MAPPING> {
  const { name, filters, maximumConcurrency } = model;
  return {
    UUID: name,
    BatchSize: model.batchSize,
    MaximumBatchingWindowInSeconds: model.windowSeconds,
    EventSourceArn: model.sourceArn,
    FunctionArn: model.functionArn,
    LastModified: modifiedAt,
    State: state,
    StateTransitionReason: model.stream ? 'User action' : 'USER_INITIATED',
    FunctionResponseTypes: model.reportsItemFailures ? ['ReportBatchItemFailures'] : [],
    EventSourceMappingArn: mappingArn(name, context),
    ...(filters.length > 0 && { FilterCriteria: { Filters: filters.map((Pattern) => ({ Pattern })) } }),
    ...(maximumConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    ...(model.stream && describeStream(model.stream)),
    ...(lastResult && { LastProcessingResult: lastResult() }),
  };
}
