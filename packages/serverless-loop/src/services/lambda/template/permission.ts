import { formatArn, LATEST } from '../../../aws/arn.ts';
import type { Statement } from '../../../aws/statement.ts';
import { functionNameOf, functionQualifierOf } from '../../../template/arns.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { giveUpForFunction, isFunctionName } from './named-function.ts';
import { complainAboutQualifier } from './qualifiers.ts';

export const PERMISSION_PROPERTIES = [
  'Action',
  'EventSourceToken',
  'FunctionName',
  'FunctionUrlAuthType',
  'InvokedViaFunctionUrl',
  'Principal',
  'PrincipalOrgID',
  'SourceAccount',
  'SourceArn',
];

/** Gives each AWS::Lambda::Permission to its function's resource policy. */
export function attachPermissions(functions: readonly FunctionModel[], world: World): void {
  for (const resource of world.ofType('AWS::Lambda::Permission')) {
    const properties = world.read(resource, PERMISSION_PROPERTIES);
    const reference = properties.requiredText('FunctionName');
    const statement = readPermission(properties, world.scope.nameOf(resource));
    const owner = functions.find(({ name }) => name === functionNameOf(reference));
    if (owner) {
      world.reports.emulated(resource);
      owner.resourcePolicy.push({ ...statement, resources: [permittedArn(owner, reference, properties)] });
    } else if (isFunctionName(reference, world)) {
      world.reports.accepted(resource, 'its function is not emulated');
    } else if (world.runsElsewhere('function', functionNameOf(reference))) {
      world.reports.emulated(resource);
      attachElsewhere(resource, reference, statement, world);
    } else {
      giveUpForFunction(properties, reference, world);
    }
  }
}

/** Of a function of another stack nobody knows here which versions and aliases it has. */
function attachElsewhere(resource: Resource, reference: string, statement: Statement, world: World): void {
  const functionName = functionNameOf(reference);
  const qualifier = functionQualifierOf(reference);
  const arn = formatArn(world.scope.place, 'lambda', `function:${functionName}`);
  const resources = [qualifier === undefined ? arn : `${arn}:${qualifier}`];
  const { logicalId } = resource;
  world.attachments.push({
    kind: 'permission',
    logicalId,
    name: world.scope.physicalId(resource),
    functionName,
    statement: { ...statement, resources },
  });
}

/** A permission holds for invocations by the very name it is given for (Lambda API, "AddPermission"). */
function permittedArn({ arn, qualifiers }: FunctionModel, reference: string, properties: Properties): string {
  const qualifier = functionQualifierOf(reference);
  if (qualifier === undefined) return arn;
  if (qualifier === LATEST)
    properties.complain('FunctionName', `${LATEST} has no policy of its own; leave the qualifier out`);
  else if (!qualifiers.some(({ name }) => name === qualifier))
    complainAboutQualifier(properties, 'FunctionName', qualifier, qualifiers);
  return `${arn}:${qualifier}`;
}

/** As Lambda writes it into the policy (Lambda developer guide, "Resource-based policies"). */
function readPermission(properties: Properties, sid: string): Statement {
  const principal = properties.requiredText('Principal');
  const sourceArn = properties.text('SourceArn');
  const sourceAccount = properties.text('SourceAccount');
  const authType = properties.text('FunctionUrlAuthType');
  const viaUrl = properties.boolean('InvokedViaFunctionUrl');
  const equal = {
    ...(sourceAccount !== undefined && { 'aws:SourceAccount': [sourceAccount] }),
    ...(authType !== undefined && { 'lambda:FunctionUrlAuthType': [authType] }),
  };
  const conditions = {
    ...(sourceArn !== undefined && { ArnLike: { 'aws:SourceArn': [sourceArn] } }),
    ...(Object.keys(equal).length > 0 && { StringEquals: equal }),
    ...(viaUrl !== undefined && { Bool: { 'lambda:InvokedViaFunctionUrl': [String(viaUrl)] } }),
  };
  return {
    sid,
    effect: 'Allow',
    actions: [properties.requiredText('Action')],
    principals: principal.endsWith('.amazonaws.com') ? { Service: [principal] } : { AWS: [principal] },
    ...(Object.keys(conditions).length > 0 && { conditions }),
  };
}
