import type { Place } from '../../aws/arn.ts';
import { formatArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { integer, list, required, structure, text } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import { operationsOf, type ServiceDescription } from '../../aws/service.ts';
import { changedPipe, newPipe } from './given-pipe.ts';
import type { KeptPipe, KeptPipes } from './kept-pipes.ts';
import { listed, stateOf, view } from './pipe-view.ts';
import {
  CHANGED_SOURCE,
  CURRENT_STATE,
  DESIRED_STATE,
  ENRICHMENT_PARAMETERS,
  NAME,
  PIPE,
  PIPES_DIALECT,
  SETTINGS,
  SOURCE,
  SOURCE_PARAMETERS,
  TAGS,
  TARGET,
  TARGET_PARAMETERS,
} from './shapes.ts';
import { TAG_OPERATIONS } from './tag-operations.ts';

/** The context of the operations of EventBridge Pipes. */
export interface PipesContext {
  place: Place;
  pipes: KeptPipes;
}

const operation = operationsOf<PipesContext>();

const NAMED = { Name: required(text({ ...NAME, at: 'path' })) } as const;

const MAX_LISTED = 100;

const LISTED = { ...PIPE, StateReason: text(), Source: text(), Target: text(), Enrichment: text() } as const;

const PIPE_OPERATIONS = {
  CreatePipe: operation({
    route: 'POST /v1/pipes/{Name}',
    input: {
      ...NAMED,
      Source: required(SOURCE),
      SourceParameters: structure(SOURCE_PARAMETERS),
      Target: required(TARGET),
      ...SETTINGS,
      Tags: TAGS,
    },
    output: PIPE,
    needs: ({ Name, RoleArn = '*' }, context) => [
      pipeArn(Name, context),
      { action: 'iam:PassRole', resource: RoleArn },
    ],
    handle(input, context) {
      const { Name: name } = input;
      if (context.pipes.find(name)) throw conflict(name);
      return view(context.pipes.put(newPipe(input, pipeArn(name, context))), 'CREATING');
    },
  }),
  UpdatePipe: operation({
    route: 'PUT /v1/pipes/{Name}',
    input: { ...NAMED, SourceParameters: structure(CHANGED_SOURCE), Target: TARGET, ...SETTINGS },
    output: PIPE,
    needs: ({ Name, RoleArn = '*' }, context) => [
      pipeArn(Name, context),
      { action: 'iam:PassRole', resource: RoleArn },
    ],
    handle(input, context) {
      const { model } = pipeOf(input.Name, context);
      return view(context.pipes.put(changedPipe(model, input)), 'UPDATING');
    },
  }),
  DescribePipe: operation({
    route: 'GET /v1/pipes/{Name}',
    input: NAMED,
    output: {
      ...LISTED,
      Description: text(),
      RoleArn: text(),
      SourceParameters: structure(SOURCE_PARAMETERS),
      EnrichmentParameters: structure(ENRICHMENT_PARAMETERS),
      TargetParameters: structure(TARGET_PARAMETERS),
      Tags: TAGS,
      LogConfiguration: SETTINGS.LogConfiguration,
      KmsKeyIdentifier: text(),
    },
    needs: ({ Name }, context) => [pipeArn(Name, context)],
    handle({ Name }, context) {
      const pipe = pipeOf(Name, context);
      const { description, roleArn, source, enrichment, target, tags, more } = pipe.model;
      return {
        ...listed(pipe),
        Description: description,
        RoleArn: roleArn,
        SourceParameters: source,
        EnrichmentParameters: enrichment,
        TargetParameters: target,
        Tags: { ...tags },
        ...more,
      };
    },
  }),
  ListPipes: operation({
    route: 'GET /v1/pipes',
    input: {
      NamePrefix: text({ ...NAME, at: 'query' }),
      DesiredState: { ...DESIRED_STATE, at: 'query' },
      CurrentState: { ...CURRENT_STATE, at: 'query' },
      SourcePrefix: text({ min: 1, max: 1_600, at: 'query' }),
      TargetPrefix: text({ min: 1, max: 1_600, at: 'query' }),
      NextToken: text({ min: 1, max: 2_048, at: 'query' }),
      Limit: integer({ min: 1, max: MAX_LISTED, at: 'query' }),
    },
    output: { Pipes: list(structure(LISTED)), NextToken: text() },
    needs: () => ['*'],
    handle(input, { pipes }) {
      const { NamePrefix = '', SourcePrefix = '', TargetPrefix = '', Limit, NextToken } = input;
      const found = pipes
        .list()
        .filter(({ model }) => model.name.startsWith(NamePrefix))
        .filter(({ model }) => model.sourceArn.startsWith(SourcePrefix))
        .filter(({ model }) => model.targetArn.startsWith(TargetPrefix))
        .filter(({ model }) => [undefined, stateOf(model.isRunning)].includes(input.DesiredState))
        .filter(({ model }) => [undefined, stateOf(model.isRunning)].includes(input.CurrentState));
      const { items, nextToken } = pageOf(found, {
        list: 'ListPipes',
        limit: Limit ?? MAX_LISTED,
        token: NextToken,
        keyOf: ({ model }) => model.name,
        refusal: () => new AwsError('ValidationException', 'Invalid NextToken provided.'),
      });
      return { Pipes: items.map(listed), NextToken: nextToken };
    },
  }),
  DeletePipe: operation({
    route: 'DELETE /v1/pipes/{Name}',
    input: NAMED,
    output: PIPE,
    needs: ({ Name }, context) => [pipeArn(Name, context)],
    handle({ Name }, context) {
      const pipe = pipeOf(Name, context);
      context.pipes.remove(Name);
      return { ...view(pipe, 'DELETING'), DesiredState: 'DELETED' };
    },
  }),
  StartPipe: switching('POST /v1/pipes/{Name}/start', true, 'STARTING'),
  StopPipe: switching('POST /v1/pipes/{Name}/stop', false, 'STOPPING'),
};

function switching(route: string, isRunning: boolean, state: string) {
  return operation({
    route,
    input: NAMED,
    output: PIPE,
    needs: ({ Name }, context) => [pipeArn(Name, context)],
    handle({ Name }, context) {
      const { model } = pipeOf(Name, context);
      return view(context.pipes.put({ ...model, isRunning }), state);
    },
  });
}

/** Amazon EventBridge Pipes (its API reference). */
export const PIPES: ServiceDescription<PipesContext> = {
  title: 'EventBridge Pipes',
  signingName: 'pipes',
  dialect: PIPES_DIALECT,
  rest: {
    // In small letters, other than most services write it (Pipes API reference, "CreatePipe", errors).
    errorMembers: ({ message }) => ({ message }),
    malformedBody: (reason) =>
      new AwsError('ValidationException', `The body is not a JSON object: ${reason}.`),
  },
  operations: { ...PIPE_OPERATIONS, ...TAG_OPERATIONS },
};

function pipeArn(name = '*', { place }: PipesContext): string {
  return formatArn(place, 'pipes', `pipe/${name}`);
}

function pipeOf(name: string, { pipes }: PipesContext): KeptPipe {
  const pipe = pipes.find(name);
  if (pipe) return pipe;
  throw new AwsError('NotFoundException', `Pipe ${name} does not exist.`, { status: 404 });
}

function conflict(name: string): AwsError {
  return new AwsError('ConflictException', `Pipe ${name} already exists.`, {
    status: 409,
    members: { resourceId: name, resourceType: 'pipe' },
  });
}
