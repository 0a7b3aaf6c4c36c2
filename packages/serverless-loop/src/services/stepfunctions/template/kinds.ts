import { formatArn } from '../../../aws/arn.ts';
import type { Identity } from '../../../template/kind-description.ts';
import { uuidOf } from '../../../template/names.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { machineArnOf } from '../machines/state-machine.ts';
import { readActivities } from './activity.ts';
import { readAliases } from './alias.ts';
import { readStateMachines } from './state-machine.ts';
import { readVersions } from './version.ts';

const MACHINE = 'AWS::StepFunctions::StateMachine';

export const STEP_FUNCTIONS_KINDS: readonly ResourceKind[] = [
  {
    type: MACHINE,
    nameProperty: 'StateMachineName',
    longestName: 80,
    ref: machineArn,
    attributes: {
      Arn: machineArn,
      Name: (it) => it.name,
      StateMachineRevisionId: (it) => uuidOf(`${it.name} ${it.fingerprint()}`),
    },
    replacedBy: ['StateMachineType'],
    isMain: true,
    receivesAs: 'stateMachine',
    after: ['AWS::IAM::Role', 'AWS::Logs::LogGroup'],
    leftOut: [['EncryptionConfiguration', 'accepted', 'nothing is encrypted here']],
    handsOn: 'DefinitionSubstitutions',
    read: readStateMachines,
  },
  {
    type: 'AWS::StepFunctions::StateMachineVersion',
    ref: versionArn,
    attributes: { Arn: versionArn },
    replacedBy: ['StateMachineArn', 'StateMachineRevisionId', 'Description'],
    after: [MACHINE],
    read: readVersions,
  },
  {
    type: 'AWS::StepFunctions::StateMachineAlias',
    ref: aliasArn,
    attributes: { Arn: aliasArn },
    nameProperty: 'Name',
    replacedBy: [],
    receivesAs: 'stateMachine',
    after: ['AWS::StepFunctions::StateMachineVersion'],
    read: readAliases,
  },
  {
    type: 'AWS::StepFunctions::Activity',
    nameProperty: 'Name',
    longestName: 80,
    ref: activityArn,
    attributes: { Arn: activityArn, Name: (it) => it.name },
    replacedBy: ['EncryptionConfiguration'],
    isMain: true,
    leftOut: [['EncryptionConfiguration', 'accepted', 'nothing is encrypted here']],
    read: readActivities,
  },
];

function machineArn(it: Identity): string {
  return formatArn(it.place, 'states', `stateMachine:${it.name}`);
}

function activityArn(it: Identity): string {
  return formatArn(it.place, 'states', `activity:${it.name}`);
}

function versionArn(it: Identity): string {
  const machine = it.text('StateMachineArn') ?? '';
  return `${machine}:${it.versionOf(machine)}`;
}

/** Of the machine whose versions it leads to. */
function aliasArn(it: Identity): string {
  const versionArn =
    it.text('RoutingConfiguration.0.StateMachineVersionArn') ??
    it.text('DeploymentPreference.StateMachineVersionArn');
  return `${machineArnOf(versionArn ?? '')}:${it.name}`;
}
