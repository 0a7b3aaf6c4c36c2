import { AwsError } from '../../aws/errors.ts';
import type { JsonObject, JsonService } from '../../aws/operation.ts';

/**
 * AWS Cloud Control API, as far as `sam list endpoints` asks it: for function URLs, which no function here has. Of other
 * types it knows nothing, and says so.
 */
export function cloudControl(): JsonService {
  return {
    title: 'Cloud Control',
    targetPrefix: 'CloudApiService',
    signingName: 'cloudcontrolapi',
    jsonVersion: '1.0',
    errorNamespace: 'com.amazonaws.cloudapiservice',
    operations: {
      GetResource: {
        handle(input) {
          const type = requiredText(input, 'TypeName');
          const identifier = requiredText(input, 'Identifier');
          if (type !== 'AWS::Lambda::Url') {
            throw new AwsError(
              'UnsupportedActionException',
              `Resource type ${type} does not support READ action here; the loop knows AWS::Lambda::Url alone.`,
            );
          }
          throw new AwsError(
            'ResourceNotFoundException',
            `Resource of type '${type}' with identifier '${identifier}' was not found.`,
          );
        },
        needs: () => [{ action: 'cloudformation:GetResource', resource: '*' }],
      },
    },
  };
}

function requiredText(input: JsonObject, member: string): string {
  const value = input[member];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('ValidationException', `${member} must be text, found ${JSON.stringify(value)}.`);
}
