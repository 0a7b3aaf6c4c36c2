import { formatArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { list, oneOf, type Read, required, structure, text, timestamp } from '../../../aws/members.ts';
import { invalid, noSuchMachine, refuseName, refuseNoArn } from '../errors.ts';
import { machineArnOf, NO_LOGGING, type StateMachineModel } from '../machines/state-machine.ts';
import { listed, operation } from './context.ts';
import { encryptionOf, loggingOf, settingsView, tagsOf } from './machine-views.ts';
import {
  ARN,
  DEFINITION,
  INCLUDED_DATA,
  type LOGGING,
  MACHINE,
  MACHINE_TYPES,
  NAME,
  PAGED,
  SETTINGS,
  TAGS,
} from './shapes.ts';

export const MACHINE_OPERATIONS = {
  CreateStateMachine: operation({
    input: {
      name: required(NAME),
      definition: required(DEFINITION),
      roleArn: required(ARN),
      type: oneOf(MACHINE_TYPES),
      tags: TAGS,
      ...SETTINGS,
    },
    output: { stateMachineArn: ARN, creationDate: timestamp(), stateMachineVersionArn: ARN },
    needs: ({ name = '*', roleArn = '*' }, { place }) => [
      formatArn(place, 'states', `stateMachine:${name}`),
      { action: 'iam:PassRole', resource: roleArn },
    ],
    handle(input, { place, machines, refuseInvalid }) {
      const { name, definition, roleArn, type = 'STANDARD', tags = [], publish = false } = input;
      const { loggingConfiguration, tracingConfiguration, encryptionConfiguration } = input;
      refuseName(name);
      refuseDescription(input);
      if (loggingConfiguration) refuseDestinations(loggingConfiguration);
      const model: StateMachineModel = {
        logicalId: '',
        name,
        arn: formatArn(place, 'states', `stateMachine:${name}`),
        type,
        definition,
        roleArn,
        logging: loggingConfiguration ? loggingOf(loggingConfiguration) : NO_LOGGING,
        isTraced: tracingConfiguration?.enabled ?? false,
        ...(encryptionConfiguration && { encryption: encryptionOf(encryptionConfiguration) }),
        tags: tagsOf(tags),
      };
      refuseInvalid(model);
      const there = machines.find(model.arn);
      if (there && !isSame(there.model, model))
        throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${model.arn}'`);
      const { createdMs } = there ?? machines.put(model);
      const version = publish ? machines.publish(model.arn, input.versionDescription) : undefined;
      return {
        stateMachineArn: model.arn,
        creationDate: createdMs,
        ...(version && { stateMachineVersionArn: version.arn }),
      };
    },
  }),
  UpdateStateMachine: operation({
    input: { stateMachineArn: required(ARN), definition: DEFINITION, roleArn: ARN, ...SETTINGS },
    output: { updateDate: timestamp(), revisionId: text(), stateMachineVersionArn: ARN },
    needs: ({ stateMachineArn = '*', roleArn }) => [
      stateMachineArn,
      ...(roleArn === undefined ? [] : [{ action: 'iam:PassRole', resource: roleArn }]),
    ],
    handle(input, { machines, refuseInvalid }) {
      const { stateMachineArn, definition, roleArn, publish = false } = input;
      const { loggingConfiguration, tracingConfiguration, encryptionConfiguration } = input;
      const { model } = machines.get(stateMachineArn);
      if (
        ![definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration].some(
          Boolean,
        )
      )
        throw new AwsError(
          'MissingRequiredParameter',
          'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
        );
      refuseDescription(input);
      if (loggingConfiguration) refuseDestinations(loggingConfiguration);
      const changed: StateMachineModel = {
        ...model,
        ...(definition !== undefined && { definition }),
        ...(roleArn !== undefined && { roleArn }),
        ...(loggingConfiguration && { logging: loggingOf(loggingConfiguration) }),
        ...(tracingConfiguration && { isTraced: tracingConfiguration.enabled ?? false }),
        ...(encryptionConfiguration && { encryption: encryptionOf(encryptionConfiguration) }),
      };
      refuseInvalid(changed);
      const { updatedMs, revisionId } = machines.put(changed);
      const version = publish ? machines.publish(model.arn, input.versionDescription) : undefined;
      return {
        updateDate: updatedMs,
        revisionId,
        ...(version && { stateMachineVersionArn: version.arn }),
      };
    },
  }),
  DescribeStateMachine: operation({
    input: { stateMachineArn: required(ARN), includedData: INCLUDED_DATA },
    output: { ...MACHINE, type: text(), creationDate: timestamp(), status: text(), description: text() },
    needs: ({ stateMachineArn = '*' }) => [stateMachineArn],
    handle({ stateMachineArn }, { machines }) {
      refuseNoArn(stateMachineArn);
      const version = machines.version(stateMachineArn);
      if (!version && machineArnOf(stateMachineArn) !== stateMachineArn) throw noSuchMachine(stateMachineArn);
      const { model, createdMs, revisionId } = version ?? machines.get(stateMachineArn);
      return {
        stateMachineArn,
        name: model.name,
        status: 'ACTIVE',
        type: model.type,
        creationDate: createdMs,
        ...settingsView(model),
        revisionId,
        description: version?.description,
      };
    },
  }),
  ListStateMachines: operation({
    input: PAGED,
    output: {
      stateMachines: list(
        structure({ stateMachineArn: ARN, name: NAME, type: text(), creationDate: timestamp() }),
      ),
      nextToken: text(),
    },
    needs: () => ['*'],
    handle(input, { machines }) {
      const order = { keyOf: ({ model }: { model: StateMachineModel }) => model.name };
      const { items, nextToken } = listed('ListStateMachines', machines.list(), input, order);
      const stateMachines = items.map(({ model, createdMs }) => ({
        stateMachineArn: model.arn,
        name: model.name,
        type: model.type,
        creationDate: createdMs,
      }));
      return { stateMachines, nextToken };
    },
  }),
  DeleteStateMachine: operation({
    input: { stateMachineArn: required(ARN) },
    output: {},
    needs: ({ stateMachineArn = '*' }) => [stateMachineArn],
    handle({ stateMachineArn }, { removeMachine }) {
      refuseNoArn(stateMachineArn);
      if (machineArnOf(stateMachineArn) !== stateMachineArn)
        throw invalid('This operation does not support version or alias ARNs.');
      removeMachine(stateMachineArn);
      return {};
    },
  }),
};

/** Refuses logging to nowhere, or to more than one place. Throws the AwsError InvalidLoggingConfiguration (LocalStack's record "test_invalid_logging_configuration" of AWS). */
function refuseDestinations({ level = 'OFF', destinations = [] }: Read<typeof LOGGING.members>): void {
  const isOne =
    destinations.length === 1 && destinations[0]?.cloudWatchLogsLogGroup?.logGroupArn !== undefined;
  if (isOne || (level === 'OFF' && destinations.length === 0)) return;
  throw new AwsError(
    'InvalidLoggingConfiguration',
    'Invalid Logging Configuration: Must specify exactly one Log Destination.',
  );
}

function refuseDescription({
  publish,
  versionDescription,
}: {
  publish?: boolean;
  versionDescription?: string;
}) {
  if (!publish && versionDescription !== undefined)
    throw invalid('Version description can only be set when publish is true');
}

/** The same call again makes no other machine; role and tags may differ (API reference, "CreateStateMachine"). */
function isSame(one: StateMachineModel, other: StateMachineModel): boolean {
  const told = ({ definition, type, logging, isTraced, encryption }: StateMachineModel) =>
    JSON.stringify([definition, type, logging, isTraced, encryption]);
  return told(one) === told(other);
}
