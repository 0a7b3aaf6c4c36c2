import { randomUUID } from 'node:crypto';
import { formatArn, LATEST, parseArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { list, required, structure, text, type Written } from '../../../aws/members.ts';
import type { EventSourceModel } from '../../../template/model.ts';
import type { EventSourceMapping } from '../event-sources/event-sources.ts';
import { qualifiedArn } from '../qualifier.ts';
import { functionOf, notFound } from './api-function-lookup.ts';
import { type LambdaContext, operation } from './context.ts';
import { MAPPING, MAPPING_SETTINGS } from './event-source-shapes.ts';
import { listPage, PAGE_INPUT } from './list-page.ts';
import { FUNCTION_REFERENCE } from './shapes.ts';

const BY_UUID = { UUID: required(text({ at: 'path' })) } as const;
const MAPPINGS = '/2015-03-31/event-source-mappings';

type Settings = {
  Enabled?: boolean;
  BatchSize?: number;
  MaximumBatchingWindowInSeconds?: number;
  FilterCriteria?: { Filters?: { Pattern?: string }[] };
  FunctionResponseTypes?: string[];
  ScalingConfig?: { MaximumConcurrency?: number };
};

/** Event source mappings (Lambda reference, "CreateEventSourceMapping" and its like). */
export const EVENT_SOURCE_OPERATIONS = {
  CreateEventSourceMapping: operation({
    route: `POST ${MAPPINGS}`,
    status: 202,
    input: {
      FunctionName: required(FUNCTION_REFERENCE),
      EventSourceArn: text({ max: 1024 }),
      ...MAPPING_SETTINGS,
    },
    output: MAPPING,
    needs: anyMapping,
    handle(input, context) {
      const { EventSourceArn: sourceArn } = input;
      if (sourceArn === undefined) throw invalid('Unrecognized event source.');
      const uuid = randomUUID();
      const model = withSettings(
        {
          logicalId: uuid,
          name: uuid,
          line: 0,
          sourceArn,
          functionArn: invokedArn(input.FunctionName, context),
          enabled: true,
          batchSize: 10,
          windowSeconds: 0,
          filters: [],
          reportsItemFailures: false,
        },
        input,
      );
      if (parseArn(sourceArn)?.service !== 'sqs') throw invalid('Unrecognized event source.');
      return describe(context.eventSources.put(model), context, 'Creating');
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

function withSettings(model: EventSourceModel, settings: Settings): EventSourceModel {
  const { maximumConcurrency: before, ...rest } = model;
  const maximumConcurrency = settings.ScalingConfig ? settings.ScalingConfig.MaximumConcurrency : before;
  return {
    ...rest,
    enabled: settings.Enabled ?? model.enabled,
    batchSize: settings.BatchSize ?? model.batchSize,
    windowSeconds: settings.MaximumBatchingWindowInSeconds ?? model.windowSeconds,
    filters:
      settings.FilterCriteria === undefined
        ? model.filters
        : (settings.FilterCriteria.Filters ?? []).flatMap(({ Pattern }) => Pattern ?? []),
    reportsItemFailures:
      settings.FunctionResponseTypes?.includes('ReportBatchItemFailures') ??
      (settings.FunctionResponseTypes === undefined && model.reportsItemFailures),
    ...(maximumConcurrency !== undefined && { maximumConcurrency }),
  };
}

function describe(
  { model, modifiedAt }: EventSourceMapping,
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
    StateTransitionReason: 'USER_INITIATED',
    FunctionResponseTypes: model.reportsItemFailures ? ['ReportBatchItemFailures'] : [],
    EventSourceMappingArn: mappingArn(name, context),
    ...(filters.length > 0 && { FilterCriteria: { Filters: filters.map((Pattern) => ({ Pattern })) } }),
    ...(maximumConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
  };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
