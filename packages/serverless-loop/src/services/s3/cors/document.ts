import { renderDocument } from '../../../aws/xml.ts';
import { childrenOf, childText, malformedXml, readXml, type XmlElement } from '../../../aws/xml-reader.ts';
import { NAMESPACE } from '../context.ts';
import { s3Error } from '../s3-errors.ts';

import { type CorsRule, MAX_RULES, problemOf } from './rules.ts';

/**
 * The rules of PutBucketCors's document. Throws S3's error (LocalStack's record, test_s3_cors.snapshot.json,
 * test_put_cors_invalid_rules).
 */
export function readCorsDocument(document: string): CorsRule[] {
  const root = readXml(document);
  if (root.name !== 'CORSConfiguration') throw malformedXml();
  const rules = childrenOf(root, 'CORSRule').map(readRule);
  if (rules.length === 0) throw malformedXml();
  if (rules.length > MAX_RULES)
    throw invalid(`The number of CORS rules should not exceed allowed limit of ${MAX_RULES} rules.`);
  for (const rule of rules) {
    const problem = problemOf(rule);
    if (problem !== undefined) throw invalid(problem);
  }
  return rules;
}

/** The same as a document, for a bucket that a template makes. */
export function corsDocument(rules: readonly CorsRule[]): string {
  const elements = rules.map((rule) => {
    const content = [
      ...(rule.id === undefined ? [] : [['ID', rule.id] as const]),
      ...rule.allowedHeaders.map((name) => ['AllowedHeader', name] as const),
      ...rule.allowedMethods.map((name) => ['AllowedMethod', name] as const),
      ...rule.allowedOrigins.map((name) => ['AllowedOrigin', name] as const),
      ...rule.exposedHeaders.map((name) => ['ExposeHeader', name] as const),
      ...(rule.maxAgeSeconds === undefined ? [] : [['MaxAgeSeconds', String(rule.maxAgeSeconds)] as const]),
    ];
    return ['CORSRule', content] as const;
  });
  return renderDocument('CORSConfiguration', NAMESPACE, elements);
}

function readRule(element: XmlElement): CorsRule {
  const texts = (name: string) => childrenOf(element, name).map(({ text }) => text);
  const id = childText(element, 'ID');
  const maxAge = childText(element, 'MaxAgeSeconds');
  const rule: CorsRule = {
    ...(id !== undefined && { id }),
    allowedOrigins: texts('AllowedOrigin'),
    allowedMethods: texts('AllowedMethod'),
    allowedHeaders: texts('AllowedHeader'),
    exposedHeaders: texts('ExposeHeader'),
    ...(maxAge !== undefined && { maxAgeSeconds: Number(maxAge) }),
  };
  const isWhole = rule.allowedOrigins.length > 0 && rule.allowedMethods.length > 0;
  if (!isWhole || (maxAge !== undefined && !/^\d+$/.test(maxAge))) throw malformedXml();
  return rule;
}

function invalid(message: string) {
  return s3Error('InvalidRequest', message);
}
