import { frameworkDialect } from '../../aws/dialect.ts';
import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import { required, structure, text } from '../../aws/members.ts';
import { operationsOf, type ServiceDescription } from '../../aws/service.ts';

/** Cloud Control's operations work on these. */
export interface CloudControlContext {
  /** By type: reads the properties of a resource; undefined when there is none by that identifier. */
  readers: Readonly<Record<string, (identifier: string) => JsonObject | undefined>>;
}

const operation = operationsOf<CloudControlContext>();

const PART = '[A-Za-z0-9]{2,64}';

/**
 * AWS Cloud Control API, as far as `sam list endpoints` asks it: for functions' URLs. Other types it can't tell of, and says so.
 */
export const CLOUD_CONTROL: ServiceDescription<CloudControlContext> = {
  title: 'Cloud Control',
  signingName: 'cloudcontrolapi',
  iamPrefix: 'cloudformation',
  dialect: frameworkDialect(),
  json: {
    targetPrefix: 'CloudApiService',
    jsonVersion: '1.0',
    errorNamespace: 'com.amazonaws.cloudapiservice',
  },
  operations: {
    GetResource: operation({
      input: {
        TypeName: required(text({ min: 10, max: 196, pattern: `${PART}::${PART}::${PART}` })),
        Identifier: required(text({ min: 1, max: 1_024, pattern: '.+' })),
      },
      output: {
        TypeName: text(),
        ResourceDescription: structure({ Identifier: text(), Properties: text() }),
      },
      needs: () => ['*'],
      handle({ TypeName, Identifier }, { readers }) {
        if (!Object.hasOwn(readers, TypeName))
          throw new AwsError(
            'UnsupportedActionException',
            `Resource type ${TypeName} does not support READ action here; the loop knows ${Object.keys(readers).join(', ')} alone.`,
          );
        const properties = readers[TypeName]?.(Identifier);
        if (!properties)
          throw new AwsError(
            'ResourceNotFoundException',
            `Resource of type '${TypeName}' with identifier '${Identifier}' was not found.`,
          );
        return { TypeName, ResourceDescription: { Identifier, Properties: JSON.stringify(properties) } };
      },
    }),
  },
};
