import { frameworkDialect } from '../../../aws/dialect.ts';
import type { ServiceDescription } from '../../../aws/service.ts';
import type { ManagementContext } from './context.ts';
import { ACCOUNT_OPERATIONS } from './rest-account-operations.ts';
import { API_OPERATIONS } from './rest-api-operations.ts';
import { DOMAIN_OPERATIONS } from './rest-domain-operations.ts';
import { INTEGRATION_OPERATIONS } from './rest-integration-operations.ts';
import { KEY_OPERATIONS } from './rest-key-operations.ts';
import { AUTHORIZER, GATEWAY_RESPONSE, MODEL, VALIDATOR } from './rest-kinds.ts';
import { MAPPING_OPERATIONS } from './rest-mapping-operations.ts';
import { METHOD_OPERATIONS } from './rest-method-operations.ts';
import { partOperations } from './rest-parts.ts';
import { PLAN_KEY_OPERATIONS } from './rest-plan-key-operations.ts';
import { PLAN_OPERATIONS } from './rest-plan-operations.ts';
import { RESOURCE_OPERATIONS } from './rest-resource-operations.ts';
import { RESPONSE_OPERATIONS } from './rest-response-operations.ts';
import { DEPLOYED, STAGED } from './rest-stage-kinds.ts';
import { TAG_OPERATIONS } from './rest-tag-operations.ts';

/** REST APIs, as callers make them over the wire; they are served at once. */
export const API_GATEWAY: ServiceDescription<ManagementContext> = {
  title: 'API Gateway',
  signingName: 'apigateway',
  dialect: frameworkDialect('BadRequestException'),
  rest: {},
  operations: {
    ...API_OPERATIONS,
    ...ACCOUNT_OPERATIONS,
    ...TAG_OPERATIONS,
    ...DOMAIN_OPERATIONS,
    ...MAPPING_OPERATIONS,
    ...RESOURCE_OPERATIONS,
    ...METHOD_OPERATIONS,
    ...INTEGRATION_OPERATIONS,
    ...RESPONSE_OPERATIONS,
    ...partOperations(MODEL),
    ...partOperations(VALIDATOR),
    ...partOperations(AUTHORIZER),
    ...partOperations(DEPLOYED),
    ...partOperations(STAGED),
    ...partOperations(GATEWAY_RESPONSE),
    ...KEY_OPERATIONS,
    ...PLAN_OPERATIONS,
    ...PLAN_KEY_OPERATIONS,
  },
};
