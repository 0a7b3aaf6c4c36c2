import type { Properties } from '../../../template/properties.ts';
import { type CorsRule, MAX_RULES, problemOf } from '../cors/rules.ts';

/** `CorsConfiguration` of a bucket (template reference, "AWS::S3::Bucket CorsConfiguration"). */
export function readCors(bucket: Properties): CorsRule[] | undefined {
  const given = bucket.section('CorsConfiguration');
  if (!given) return undefined;
  given.allowOnly(['CorsRules']);
  const sections = given.sections('CorsRules');
  if (sections.length === 0 || sections.length > MAX_RULES)
    given.giveUp('CorsRules', `expected 1 to ${MAX_RULES} rules, found ${sections.length}`);
  return sections.map(readRule);
}

function readRule(section: Properties): CorsRule {
  section.allowOnly(['AllowedHeaders', 'AllowedMethods', 'AllowedOrigins', 'ExposedHeaders', 'Id', 'MaxAge']);
  const id = section.text('Id');
  const maxAgeSeconds = section.integer('MaxAge', 0, Number.MAX_SAFE_INTEGER);
  const rule: CorsRule = {
    ...(id !== undefined && { id }),
    allowedOrigins: section.texts('AllowedOrigins'),
    allowedMethods: section.texts('AllowedMethods'),
    allowedHeaders: section.texts('AllowedHeaders'),
    exposedHeaders: section.texts('ExposedHeaders'),
    ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
  };
  for (const name of ['AllowedMethods', 'AllowedOrigins'])
    if (!section.has(name)) section.complain(name, 'expected a list of texts, found nothing');
  const problem = problemOf(rule);
  if (problem !== undefined) section.giveUp('AllowedMethods', problem);
  return rule;
}
