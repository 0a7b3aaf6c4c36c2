import type { Resource } from '../resource.ts';
import { callOf, getAtt, ref } from '../yaml/call.ts';
import { entryOf, fields, list, scalar, textOf } from '../yaml/node.ts';
import { type Expanding, made } from './made.ts';
import { texts } from './policies.ts';

const APPLICATION = 'ServerlessDeploymentApplication';
const SERVICE_ROLE = 'CodeDeployServiceRole';

/** `DeploymentPreference`: an application of CodeDeploy and a role that the functions share, and a group for each. */
export function expandDeploymentPreference({ resource }: Expanding): Resource[] {
  const preference = resource.properties.entries.get('DeploymentPreference');
  if (preference?.kind !== 'fields' || !isEnabled(resource)) return [];
  const { line } = preference;
  const role = preference.entries.get('Role');
  const group = {
    ApplicationName: ref(line, APPLICATION),
    DeploymentConfigName: preference.entries.get('Type'),
    ServiceRoleArn: role ?? getAtt(line, SERVICE_ROLE, 'Arn'),
  };
  return [
    made(
      resource,
      APPLICATION,
      'AWS::CodeDeploy::Application',
      { ComputePlatform: scalar(line, 'Lambda') },
      { line },
    ),
    ...(role ? [] : [serviceRole(resource, line)]),
    made(resource, `${resource.logicalId}DeploymentGroup`, 'AWS::CodeDeploy::DeploymentGroup', group, {
      line,
    }),
  ];
}

/** SAM takes an Fn::If for enabled, whatever it comes to. */
function isEnabled({ properties, declared = properties }: Resource): boolean {
  const [asDeclared, settled] = [declared, properties].map((from) =>
    entryOf(from.entries.get('DeploymentPreference'), 'Enabled'),
  );
  if (asDeclared && callOf(asDeclared)?.name === 'Fn::If') return true;
  return !['false', 'False'].includes(textOf(settled) ?? 'true');
}

function serviceRole(resource: Resource, line: number): Resource {
  return made(
    resource,
    SERVICE_ROLE,
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: fields(line, {
        Version: scalar(line, '2012-10-17'),
        Statement: list(line, [
          fields(line, {
            Effect: scalar(line, 'Allow'),
            Action: texts(line, ['sts:AssumeRole']),
            Principal: fields(line, { Service: texts(line, ['codedeploy.amazonaws.com']) }),
          }),
        ]),
      }),
      ManagedPolicyArns: texts(line, ['AWSCodeDeployRoleForLambda']),
    },
    { line },
  );
}
