import { z } from 'zod';
import { Account } from './account';
import { Activity } from './activity';
import { Attribution } from './attribution';
import { Consent } from './consent';
import { CustomField } from './custom-field';
import { Lead } from './lead';
import { Opportunity } from './opportunity';

/** What we publish as JSON Schema, by file: the version is part of the name, and its meaning never changes. */
const SCHEMAS = {
	'account.v1': { title: 'Account', schema: Account },
	'activity.v1': { title: 'Activity', schema: Activity },
	'attribution.v1': { title: 'Attribution', schema: Attribution },
	'consent.v1': { title: 'Consent', schema: Consent },
	'custom-field.v1': { title: 'Custom Field', schema: CustomField },
	'lead.v1': { title: 'Lead', schema: Lead },
	'opportunity.v1': { title: 'Opportunity', schema: Opportunity },
} as const;

/** File name to text, for everyone who sends us one of these or reads what we wrote. */
export const publishedSchemas = (): ReadonlyMap<string, string> =>
	new Map(
		Object.entries(SCHEMAS).map(([name, { title, schema }]) => {
			const published = { title, version: 1, ...z.toJSONSchema(schema, { io: 'input' }) };
			return [`${name}.json`, `${JSON.stringify(published, null, '\t')}\n`];
		}),
	);
