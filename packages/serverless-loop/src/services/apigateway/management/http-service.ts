import { frameworkDialect } from '../../../aws/dialect.ts';
import type { ServiceDescription } from '../../../aws/service.ts';
import type { ManagementContext } from './context.ts';
import { API_OPERATIONS } from './http-api-operations.ts';
import { DOMAIN_OPERATIONS } from './http-domain-operations.ts';
import { AUTHORIZER, DEPLOYED, INTEGRATION, ROUTE, STAGE } from './http-kinds.ts';
import { MAPPING_OPERATIONS } from './http-mapping-operations.ts';
import { partOperations } from './http-parts.ts';
import { TAG_OPERATIONS } from './http-tag-operations.ts';

export const API_GATEWAY_V2: ServiceDescription<ManagementContext> = {
  title: 'API Gateway V2',
  signingName: 'apigateway',
  dialect: frameworkDialect('BadRequestException'),
  rest: {},
  operations: {
    ...API_OPERATIONS,
    ...TAG_OPERATIONS,
    ...DOMAIN_OPERATIONS,
    ...MAPPING_OPERATIONS,
    ...partOperations(ROUTE),
    ...partOperations(INTEGRATION),
    ...partOperations(AUTHORIZER),
    ...partOperations(STAGE),
    ...partOperations(DEPLOYED),
  },
};
