import type { ApiModel, CorsModel } from '../../../aws/api-model.ts';
import { shortIdOf } from '../../../template/names.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { urlModel } from '../function-urls.ts';

const KNOWN_PROPERTIES = ['AuthType', 'Cors', 'InvokeMode', 'Qualifier', 'TargetFunctionArn'];

/** AWS::Lambda::Url: an API of one route, whose payloads are of format 2.0 (Lambda guide, "Invoking Lambda function URLs"). */
export function readFunctionUrl(resource: Resource, { world, models }: Reading): void {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  const target = properties.requiredText('TargetFunctionArn');
  const qualifier = properties.text('Qualifier');
  const owner = models.functions.find(
    ({ arn, name }) => target === name || target === arn || target.startsWith(`${arn}:`),
  );
  if (!owner) {
    world.reports.notEmulated(resource, `its function ${target} is not emulated or not in this template`);
    return;
  }
  world.reports.emulated(resource);
  const named = target.startsWith(owner.arn) ? target : owner.arn;
  const functionArn = qualifier === undefined ? named : `${owner.arn}:${qualifier}`;
  // A function has one, and each of its aliases (Lambda guide, "Creating and managing Lambda function URLs"; the words:
  // LocalStack's record, tests/aws/services/lambda_/test_lambda_api.snapshot.json).
  if (models.apis.some((other) => other.protocol === 'URL' && urlTarget(other) === functionArn))
    properties.complain(
      'TargetFunctionArn',
      `Failed to create function url config for [functionArn = ${functionArn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    );
  const authType = properties.oneOf('AuthType', ['NONE', 'AWS_IAM']);
  const cors = properties.section('Cors');
  models.apis.push(
    urlModel(
      {
        logicalId: resource.logicalId,
        name: shortIdOf(world.scope.nameOf(resource)),
        title: owner.logicalId,
      },
      functionArn,
      {
        authType: authType === 'AWS_IAM' ? 'AWS_IAM' : 'NONE',
        invokeMode: properties.text('InvokeMode') === 'RESPONSE_STREAM' ? 'RESPONSE_STREAM' : 'BUFFERED',
        ...(cors && { cors: readCors(cors) }),
      },
    ),
  );
}

function urlTarget({ routes }: ApiModel): string | undefined {
  const integration = routes[0]?.integration;
  return integration?.kind === 'function' ? integration.functionArn : undefined;
}

function readCors(given: Properties): CorsModel {
  given.allowOnly([
    'AllowCredentials',
    'AllowHeaders',
    'AllowMethods',
    'AllowOrigins',
    'ExposeHeaders',
    'MaxAge',
  ]);
  const maxAgeSeconds = given.integer('MaxAge', 0, 86_400);
  return {
    allowOrigins: given.texts('AllowOrigins'),
    allowMethods: given.texts('AllowMethods'),
    allowHeaders: given.texts('AllowHeaders'),
    exposeHeaders: given.texts('ExposeHeaders'),
    allowCredentials: given.boolean('AllowCredentials') ?? false,
    ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
  };
}
